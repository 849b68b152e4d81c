/** IMAP4: tagged commands and untagged answers. RFC 9051 sections 2.2 and 7. */

import { SPACE, ascii, indexOfWordNoCase, isDigit, isLetter, textLineLength, threeDigits } from './ascii.ts'

/** Longest tag looked at. Clients use 1 to 8 characters; longer only costs time. */
const TAG_LENGTH_MAX = 16

const untagged = [
  '* ok',
  '* preauth',
  '* bye',
  '* capability ',
  '* list ',
  '* flags ',
  '* search',
  '* no ',
  '* bad ',
].map(ascii)
const commands = [
  'capability', 'login ', 'authenticate ', 'select ', 'examine ', 'noop', 'logout', 'starttls', 'list ', 'lsub ', 'fetch ',
  'uid ', 'search ', 'status ', 'append ', 'id ', 'idle', 'enable ', 'namespace', 'close', 'expunge', 'store ', 'create ', 'check',
].map(ascii) // prettier-ignore
const results = ['ok ', 'no ', 'bad '].map(ascii)

/** Offset of what follows the tag, from `offset`; 0 when the bytes do not start with a tag and a space. */
export function imapAfterTag(bytes: Uint8Array, offset: number, length: number): number {
  let at = 0
  while (at < length && at < TAG_LENGTH_MAX) {
    const byte = bytes[offset + at]!
    if (byte === 0x20) return at > 0 ? at + 1 : 0
    if (!isDigit(byte) && !isLetter(byte) && byte !== 0x2e && byte !== 0x5f && byte !== 0x2d) return 0
    at++
  }
  return 0
}

/** An untagged greeting or answer, or a tag with a digit before an IMAP command. */
export function looksLikeImap(bytes: Uint8Array, offset: number, length: number): boolean {
  const isUntagged = indexOfWordNoCase(bytes, offset, length, untagged) !== -1
  const after = isUntagged ? 0 : imapAfterTag(bytes, offset, length)
  if (!isUntagged && (after === 0 || !tagHasDigit(bytes, offset, after - 1))) return false
  if (!isUntagged && isReplyCode(bytes, offset, after - 1)) return false
  if (!isUntagged && indexOfWordNoCase(bytes, offset + after, length - after, commands) === -1) return false
  const line = textLineLength(bytes, offset, length)
  return line !== -1 && (isUntagged || isImapCommand(bytes, offset + after, line - after))
}

/** `200 NOOP command successful` is FTP: a command without arguments ends its line. */
function isImapCommand(bytes: Uint8Array, offset: number, length: number): boolean {
  const command = indexOfWordNoCase(bytes, offset, length, commands)
  if (command === -1) return false
  const word = commands[command]!
  return word[word.length - 1] === SPACE || word.length === length
}

/** Any tagged line or continuation: enough where the port says IMAP too. */
export function couldBeImap(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length >= 2 && bytes[offset] === 0x2b && bytes[offset + 1] === 0x20) return true
  if (length >= 2 && bytes[offset] === 0x2a && bytes[offset + 1] === 0x20) return true
  const after = imapAfterTag(bytes, offset, length)
  if (after === 0) return false
  return (
    indexOfWordNoCase(bytes, offset + after, length - after, commands) !== -1 ||
    indexOfWordNoCase(bytes, offset + after, length - after, results) !== -1
  )
}

/**
 * `230 Login successful` is a reply of FTP (RFC 959 section 4.2), as are all that begin with 100 to 599. Clients of IMAP
 * that number their commands begin with one, and have named themselves long before the hundredth.
 */
function isReplyCode(bytes: Uint8Array, offset: number, tagLength: number): boolean {
  const code = tagLength === 3 ? threeDigits(bytes, offset, tagLength) : -1
  return code >= 100 && code < 600
}

function tagHasDigit(bytes: Uint8Array, offset: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (isDigit(bytes[offset + i]!)) return true
  return false
}

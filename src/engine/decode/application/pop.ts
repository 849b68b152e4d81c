/** POP3: `+OK` and `-ERR`, and short commands. RFC 1939. */

import { ascii, containsNoCase, indexOfWordNoCase, lineLength, startsWith, textLineLength } from './ascii.ts'

const ok = ascii('+OK')
const error = ascii('-ERR')
const commands = [
  'user ',
  'pass ',
  'apop ',
  'stat\r',
  'list',
  'retr ',
  'dele ',
  'noop\r',
  'rset\r',
  'quit\r',
  'top ',
  'uidl',
  'capa\r',
  'auth',
  'stls\r',
].map(ascii)
const words = ['pop3', 'pop server', 'dovecot ready', 'maildrop'].map(ascii)

/** A greeting or answer that says POP: `+OK` alone is Redis's answer too. */
export function looksLikePop(bytes: Uint8Array, offset: number, length: number): boolean {
  if (!startsWith(bytes, offset, length, ok)) return false
  const line = lineLength(bytes, offset, length)
  for (const word of words) if (line !== -1 && containsNoCase(bytes, offset, line, word)) return true
  return false
}

/** Any POP3 command or answer: enough where the port says POP3 too. */
export function couldBePop(bytes: Uint8Array, offset: number, length: number): boolean {
  if (startsWith(bytes, offset, length, ok) || startsWith(bytes, offset, length, error)) return true
  return (
    indexOfWordNoCase(bytes, offset, length, commands) !== -1 && textLineLength(bytes, offset, length) !== -1
  )
}

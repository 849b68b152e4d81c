/** FTP's control connection: commands and three-digit replies. RFC 959, RFC 2228, RFC 2389, RFC 2428, RFC 3659. */

import { ascii, containsNoCase, indexOfWordNoCase, textLineLength, threeDigits } from './ascii.ts'

/** Commands that no other line protocol here knows, with what must follow them. */
const ownCommands = [
  'pasv\r',
  'epsv',
  'port ',
  'eprt ',
  'type i',
  'type a',
  'cwd ',
  'retr ',
  'stor ',
  'mdtm ',
  'feat\r',
  'syst\r',
  'nlst',
  'pbsz ',
  'prot ',
].map(ascii)
const sharedCommands = [
  'user ',
  'pass ',
  'quit\r',
  'list',
  'auth ',
  'pwd\r',
  'mkd ',
  'rmd ',
  'dele ',
  'rnfr ',
  'rnto ',
  'noop',
  'opts ',
  'size ',
  'site ',
  'abor',
  'stat',
  'help',
  'allo ',
  'rest ',
  'mode ',
  'stru ',
  'acct ',
  'cdup',
  'xpwd',
  'mlsd',
  'mlst',
  'appe ',
  'stou',
  'clnt ',
].map(ascii)
const name = ascii('ftp')
const READY = 220

/** A command only FTP has, or a greeting or system reply that says FTP. */
export function looksLikeFtp(bytes: Uint8Array, offset: number, length: number): boolean {
  const isCommand = indexOfWordNoCase(bytes, offset, length, ownCommands) !== -1
  // First words first: the end of a line is far away in what is no line.
  if (!isCommand && replyCode(bytes, offset, length) !== READY) return false
  const line = textLineLength(bytes, offset, length)
  return line !== -1 && (isCommand || containsNoCase(bytes, offset + 3, line - 3, name))
}

/** Any FTP command or reply: enough where the port says FTP too. */
export function couldBeFtp(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    replyCode(bytes, offset, length) !== -1 ||
    indexOfWordNoCase(bytes, offset, length, ownCommands) !== -1 ||
    indexOfWordNoCase(bytes, offset, length, sharedCommands) !== -1
  )
}

/** Code of a reply line such as `220 ready` or `220-Welcome`, -1 when it is none. RFC 959 section 4.2. */
export function replyCode(bytes: Uint8Array, offset: number, length: number): number {
  const code = threeDigits(bytes, offset, length)
  if (code < 100 || code > 659) return -1
  if (length === 3) return code
  const separator = bytes[offset + 3]!
  return separator === 0x20 || separator === 0x2d || separator === 0x0d ? code : -1
}

/** SMTP: commands and three-digit replies. RFC 5321 sections 4.1 and 4.2. */

import { ascii, containsNoCase, indexOfWordNoCase, textLineLength } from './ascii.ts'
import { replyCode } from './ftp.ts'

const ownCommands = ['ehlo ', 'helo ', 'mail from:', 'rcpt to:', 'lhlo '].map(ascii)
const sharedCommands = [
  'data\r',
  'quit\r',
  'rset\r',
  'noop',
  'vrfy ',
  'expn ',
  'auth ',
  'starttls',
  'bdat ',
  'etrn ',
  'help',
].map(ascii)
const READY = 220
const names = ['smtp', 'postfix', 'exim', 'sendmail'].map(ascii)

/** A command only SMTP has, or a greeting that names SMTP or a mail server. */
export function looksLikeSmtp(bytes: Uint8Array, offset: number, length: number): boolean {
  const isCommand = indexOfWordNoCase(bytes, offset, length, ownCommands) !== -1
  if (!isCommand && replyCode(bytes, offset, length) !== READY) return false
  const line = textLineLength(bytes, offset, length)
  if (line === -1 || isCommand) return line !== -1
  for (const name of names) if (containsNoCase(bytes, offset + 3, line - 3, name)) return true
  return false
}

/** Any SMTP command or reply: enough where the port says SMTP too. */
export function couldBeSmtp(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    replyCode(bytes, offset, length) !== -1 ||
    indexOfWordNoCase(bytes, offset, length, ownCommands) !== -1 ||
    indexOfWordNoCase(bytes, offset, length, sharedCommands) !== -1
  )
}

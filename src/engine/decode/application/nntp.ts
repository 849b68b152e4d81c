/** NNTP: a greeting of 200 or 201 that says so, and the commands that open a session. RFC 3977. */

import { ascii, containsNoCase, indexOfWordNoCase, textLineLength } from './ascii.ts'
import { replyCode } from './ftp.ts'

const commands = [
  'mode reader',
  'group ',
  'article',
  'xover ',
  'over ',
  'newnews ',
  'ihave ',
  'listgroup',
  'authinfo ',
].map(ascii)
const names = ['nntp', 'news', 'inn '].map(ascii)

export function looksLikeNntp(bytes: Uint8Array, offset: number, length: number): boolean {
  const code = replyCode(bytes, offset, length)
  const isModeReader = indexOfWordNoCase(bytes, offset, length, commands) === 0
  if (code !== 200 && code !== 201 && !isModeReader) return false
  const line = textLineLength(bytes, offset, length)
  if (line === -1 || isModeReader) return line !== -1
  for (const name of names) if (containsNoCase(bytes, offset, line, name)) return true
  return false
}

/** Any command or reply: enough where the port says NNTP too. */
export function couldBeNntp(bytes: Uint8Array, offset: number, length: number): boolean {
  return replyCode(bytes, offset, length) !== -1 || indexOfWordNoCase(bytes, offset, length, commands) !== -1
}

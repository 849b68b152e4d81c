/** NNTP: a greeting of 200 or 201 that says so, and the commands that open a session. RFC 3977. */

import { ascii, containsNoCase, indexOfWordNoCase, isText, lineLength } from './ascii.ts'
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
  const line = lineLength(bytes, offset, length)
  if (line === -1 || !isText(bytes, offset, line)) return false
  const code = replyCode(bytes, offset, line)
  if (code !== 200 && code !== 201) return indexOfWordNoCase(bytes, offset, line, commands) === 0
  for (const name of names) if (containsNoCase(bytes, offset, line, name)) return true
  return false
}

/** Any command or reply: enough where the port says NNTP too. */
export function couldBeNntp(bytes: Uint8Array, offset: number, length: number): boolean {
  const line = lineLength(bytes, offset, length)
  if (line === -1 || !isText(bytes, offset, line)) return false
  return replyCode(bytes, offset, line) !== -1 || indexOfWordNoCase(bytes, offset, line, commands) !== -1
}

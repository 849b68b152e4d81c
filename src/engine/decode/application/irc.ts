/** IRC: lines of `[:prefix] command parameters`. RFC 2812 section 2.3. */

import { ascii, indexOfWordNoCase, isText, lineLength, threeDigits } from './ascii.ts'

/** Commands that open or carry a session; `pass`, `user` and `quit` belong to other protocols too. */
const commands = [
  'nick ',
  'join #',
  'privmsg ',
  'notice auth',
  'cap ls',
  'cap req ',
  'part #',
  'mode #',
  'who #',
  'ping :',
  'pong :',
  'notice * :',
].map(ascii)
const afterPrefix = [
  'notice ',
  'privmsg ',
  'join ',
  'part ',
  'quit',
  'nick ',
  'mode ',
  'ping ',
  'pong ',
  'kick ',
  'topic ',
  'cap ',
].map(ascii)

/** Offset of the command behind `:prefix `, 0 when there is no prefix; -1 when the prefix does not end. */
export function ircCommandStart(bytes: Uint8Array, offset: number, length: number): number {
  if (length === 0 || bytes[offset] !== 0x3a) return 0
  for (let i = 1; i < length; i++) if (bytes[offset + i] === 0x20) return i + 1
  return -1
}

export function looksLikeIrc(bytes: Uint8Array, offset: number, length: number): boolean {
  const line = lineLength(bytes, offset, length)
  if (line === -1 || !isText(bytes, offset, line)) return false
  const start = ircCommandStart(bytes, offset, line)
  if (start === -1) return false
  if (start === 0) return indexOfWordNoCase(bytes, offset, line, commands) !== -1
  const numeric = threeDigits(bytes, offset + start, line - start)
  if (numeric > 0 && start + 3 < line && bytes[offset + start + 3] === 0x20) return true
  return indexOfWordNoCase(bytes, offset + start, line - start, afterPrefix) !== -1
}

const sessionCommands = [
  'user ',
  'pass ',
  'quit',
  'away',
  'list',
  'whois ',
  'ping ',
  'pong ',
  'mode ',
  'error :',
  'userhost ',
].map(ascii)

/** Any IRC command: enough where the port says IRC too. */
export function couldBeIrc(bytes: Uint8Array, offset: number, length: number): boolean {
  const line = lineLength(bytes, offset, length)
  const textLength = line === -1 ? length : line
  if (!isText(bytes, offset, textLength)) return false
  return (
    looksLikeIrc(bytes, offset, length) ||
    indexOfWordNoCase(bytes, offset, textLength, sessionCommands) !== -1
  )
}

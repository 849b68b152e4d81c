/** IRC: lines of `[:prefix] command parameters`. RFC 2812 section 2.3. */

import { SPACE, ascii, indexOfWordNoCase, textLineLength, threeDigits } from './ascii.ts'

const COLON = 0x3a

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
  if (length === 0 || bytes[offset] !== COLON) return 0
  for (let i = 1; i < length; i++) if (bytes[offset + i] === SPACE) return i + 1
  return -1
}

export function looksLikeIrc(bytes: Uint8Array, offset: number, length: number): boolean {
  const hasPrefix = length > 0 && bytes[offset] === COLON
  if (!hasPrefix && indexOfWordNoCase(bytes, offset, length, commands) === -1) return false
  const line = textLineLength(bytes, offset, length)
  if (line === -1 || !hasPrefix) return line !== -1
  const start = ircCommandStart(bytes, offset, line)
  if (start === -1) return false
  const numeric = threeDigits(bytes, offset + start, line - start)
  if (numeric > 0 && start + 3 < line && bytes[offset + start + 3] === SPACE) return true
  return indexOfWordNoCase(bytes, offset + start, line - start, afterPrefix) !== -1
}

// prettier-ignore
const sessionCommands = [
  'user ', 'pass ', 'quit', 'away', 'list', 'whois ', 'ping ', 'pong ', 'mode ', 'error :', 'userhost ',
].map(ascii)

/** Any IRC command: enough where the port says IRC too. */
export function couldBeIrc(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    looksLikeIrc(bytes, offset, length) || indexOfWordNoCase(bytes, offset, length, sessionCommands) !== -1
  )
}

/** Logins of protocols made of lines: FTP, POP3, IMAP, SMTP, IRC, Telnet. RFC 959, 1939, 9051, 4954, 2812. */

import { Protocol } from '../protocol-table.ts'
import { SPACE, ascii, containsNoCase, indexOfWordNoCase, lineLength, startsWithNoCase } from './ascii.ts'
import { replyCode } from './ftp.ts'
import { imapAfterTag } from './imap.ts'
import { LoginKind, NOTHING, decodeUser, type LoginSign } from './login-sign.ts'

/** Bytes of a line looked at: credentials stand at its beginning. */
const LINE_LENGTH_MAX = 512
const NUL = 0

const user = ascii('user ')
const pass = ascii('pass ')
const apop = ascii('apop ')
const oper = ascii('oper ')
const popOk = ascii('+ok')
const popError = ascii('-err')
const login = ascii('login ')
const authenticate = ascii('authenticate ')
const auth = ascii('auth ')
const plain = ascii('plain')
const loginMechanism = ascii('login')
const imapOk = ascii('ok ')
const imapNo = ascii('no ')
const telnetFailures = ['login incorrect', 'login failed', 'authentication failed', 'access denied'].map(
  ascii,
)
const telnetSuccesses = ['last login', 'login successful'].map(ascii)
const aboutLogin = ['auth', 'login', 'logon', 'password', 'credential'].map(ascii)
const imapSuccesses = [
  'logged in',
  'login complete',
  'login ok',
  'authenticate complete',
  'authenticated',
  'authentication success',
].map(ascii)
const popSuccesses = ['logged in', 'maildrop', 'mailbox', 'authenticated', 'user successfully'].map(ascii)

/** Read the line at the start of the payload. Returns whether it says anything about a login. */
export function readLineLogin(
  application: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  sign: LoginSign,
): boolean {
  const ended = lineLength(bytes, offset, Math.min(length, LINE_LENGTH_MAX))
  const line = ended === -1 ? Math.min(length, LINE_LENGTH_MAX) : ended
  switch (application) {
    case Protocol.ftp:
      return readFtp(bytes, offset, line, sign)
    case Protocol.pop:
      return readPop(bytes, offset, line, sign)
    case Protocol.imap:
      return readImap(bytes, offset, line, sign)
    case Protocol.smtp:
      return readSmtp(bytes, offset, line, sign)
    case Protocol.irc:
      return readIrc(bytes, offset, line, sign)
    case Protocol.telnet:
      return readTelnet(bytes, offset, Math.min(length, LINE_LENGTH_MAX), sign)
    default:
      return false
  }
}

function readFtp(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (readUserAndPass(bytes, offset, line, sign)) return true
  const code = replyCode(bytes, offset, line)
  if (code === 230) return say(sign, LoginKind.success)
  return code === 530 && say(sign, LoginKind.failure)
}

function readUserAndPass(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (startsWithNoCase(bytes, offset, line, user)) {
    sign.setUser(bytes, offset + user.length, line - user.length)
    return say(sign, LoginKind.user)
  }
  return startsWithNoCase(bytes, offset, line, pass) && say(sign, LoginKind.secret)
}

function readPop(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (readUserAndPass(bytes, offset, line, sign)) return true
  if (startsWithNoCase(bytes, offset, line, apop)) return say(sign, LoginKind.attempt)
  if (readAuth(bytes, offset, line, sign)) return true
  if (startsWithNoCase(bytes, offset, line, popError)) {
    return containsAny(bytes, offset, line, aboutLogin) && say(sign, LoginKind.failure)
  }
  if (!startsWithNoCase(bytes, offset, line, popOk)) return false
  return containsAny(bytes, offset, line, popSuccesses) && say(sign, LoginKind.success)
}

function readImap(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  const after = imapAfterTag(bytes, offset, line)
  if (after === 0) return false
  const at = offset + after
  const left = line - after
  if (startsWithNoCase(bytes, at, left, login)) {
    readWord(bytes, at + login.length, left - login.length, sign)
    return say(sign, LoginKind.secret)
  }
  if (startsWithNoCase(bytes, at, left, authenticate)) {
    return readMechanism(bytes, at + authenticate.length, left - authenticate.length, sign)
  }
  if (startsWithNoCase(bytes, at, left, imapOk)) {
    return containsAny(bytes, at, left, imapSuccesses) && say(sign, LoginKind.success)
  }
  if (!startsWithNoCase(bytes, at, left, imapNo)) return false
  return containsAny(bytes, at, left, aboutLogin) && say(sign, LoginKind.failure)
}

function readSmtp(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (readAuth(bytes, offset, line, sign)) return true
  const code = replyCode(bytes, offset, line)
  if (code === 235) return say(sign, LoginKind.success)
  return code === 535 && say(sign, LoginKind.failure)
}

/** `AUTH mechanism [initial response]`, as in SMTP (RFC 4954) and POP3 (RFC 5034). */
function readAuth(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (!startsWithNoCase(bytes, offset, line, auth)) return false
  return readMechanism(bytes, offset + auth.length, line - auth.length, sign)
}

/** PLAIN sends authorization, name and secret apart by zeros (RFC 4616); LOGIN the name alone. Others seal it. */
function readMechanism(bytes: Uint8Array, at: number, length: number, sign: LoginSign): boolean {
  if (startsWithNoCase(bytes, at, length, plain)) {
    if (length <= plain.length + 1) return say(sign, LoginKind.attempt)
    decodeUser(bytes, at + plain.length + 1, length - plain.length - 1, NUL, 1, sign)
    return say(sign, LoginKind.secret)
  }
  if (startsWithNoCase(bytes, at, length, loginMechanism) && length > loginMechanism.length + 1) {
    decodeUser(bytes, at + loginMechanism.length + 1, length - loginMechanism.length - 1, NOTHING, 0, sign)
    return say(sign, LoginKind.user)
  }
  return say(sign, LoginKind.attempt)
}

function readIrc(bytes: Uint8Array, offset: number, line: number, sign: LoginSign): boolean {
  if (startsWithNoCase(bytes, offset, line, pass)) return say(sign, LoginKind.secret)
  if (!startsWithNoCase(bytes, offset, line, oper)) return false
  readWord(bytes, offset + oper.length, line - oper.length, sign)
  return say(sign, LoginKind.secret)
}

/** Prompts and answers come as text of the server's choosing: only the common ones are known. */
function readTelnet(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (containsAny(bytes, offset, length, telnetFailures)) return say(sign, LoginKind.failure)
  return containsAny(bytes, offset, length, telnetSuccesses) && say(sign, LoginKind.success)
}

/** An atom or a quoted string, as the user name. */
function readWord(bytes: Uint8Array, at: number, length: number, sign: LoginSign): void {
  const isQuoted = length > 0 && bytes[at] === 0x22
  const start = isQuoted ? 1 : 0
  const stop = isQuoted ? 0x22 : SPACE
  let end = start
  while (end < length && bytes[at + end] !== stop) end++
  sign.setUser(bytes, at + start, end - start)
}

function containsAny(
  bytes: Uint8Array,
  offset: number,
  length: number,
  words: readonly Uint8Array[],
): boolean {
  for (const word of words) if (containsNoCase(bytes, offset, length, word)) return true
  return false
}

function say(sign: LoginSign, kind: number): boolean {
  sign.kind = kind
  return true
}

const prompts = ['login:', 'username:', 'password:', ...['login incorrect', 'last login']].map(ascii)

/** Whether a payload holds a login prompt or the answer to one: on Telnet's port, text without options is common. */
export function hasLoginPrompt(bytes: Uint8Array, offset: number, length: number): boolean {
  const end = Math.min(length, LINE_LENGTH_MAX)
  for (let at = 0; at < end; at++)
    if (indexOfWordNoCase(bytes, offset + at, end - at, prompts) !== -1) return true
  return false
}

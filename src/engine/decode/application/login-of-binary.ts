/** Logins of binary protocols: SMB, LDAP, Kerberos, databases, MQTT, Redis, RDP. Sources beside each reader. */

import { readU16, readU16le, readU32, readU32le } from '../bytes.ts'
import { Protocol } from '../protocol-table.ts'
import { derContentLength, derHeaderLength } from './asn1.ts'
import { ascii, containsNoCase, isText, lineLength, startsWith, startsWithNoCase } from './ascii.ts'
import { kerberosErrorCode, kerberosMessageType } from './kerberos.ts'
import { ldapOperationStart } from './ldap.ts'
import { LoginKind, type LoginSign } from './login-sign.ts'
import { mqttLengthBytes } from './mqtt.ts'
import {
  SMB2_SESSION_SETUP,
  SMB_SESSION_SETUP,
  SmbMessage,
  isLogonFailure,
  readSmb2Message,
  readSmbMessage,
} from './smb-message.ts'

const smb = new SmbMessage()

/** Read the message at the start of the payload. Returns whether it says anything about a login. */
export function readBinaryLogin(
  application: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  isOverTcp: boolean,
  sign: LoginSign,
): boolean {
  switch (application) {
    case Protocol.smb:
      return readSmbMessage(bytes, offset, length, smb) && readSmb(SMB_SESSION_SETUP, sign)
    case Protocol.smb2:
      return readSmb2Message(bytes, offset, length, smb) && readSmb(SMB2_SESSION_SETUP, sign)
    case Protocol.ldap:
      return readLdap(bytes, offset, length, sign)
    case Protocol.kerberos:
      return isOverTcp
        ? readKerberos(bytes, offset + 4, length - 4, sign)
        : readKerberos(bytes, offset, length, sign)
    case Protocol.mysql:
      return readMysql(bytes, offset, length, sign)
    case Protocol.pgsql:
      return readPgsql(bytes, offset, length, sign)
    case Protocol.tds:
      return readTds(bytes, offset, length, sign)
    case Protocol.mqtt:
      return readMqtt(bytes, offset, length, sign)
    case Protocol.resp:
      return readResp(bytes, offset, length, sign)
    case Protocol.rdp:
      return readRdp(bytes, offset, length, sign)
    default:
      return false
  }
}

/** STATUS_MORE_PROCESSING_REQUIRED goes between the two: it is neither. */
function readSmb(command: number, sign: LoginSign): boolean {
  if (smb.command !== command || !smb.isResponse) return false
  if (smb.status === 0) return say(sign, LoginKind.success)
  return isLogonFailure(smb.status) && say(sign, LoginKind.failure)
}

/** RFC 4511 section 4.2: bind request [0], simple authentication [context 0]; bind response [1], result code. */
function readLdap(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  const operation = ldapOperationStart(bytes, offset, length)
  if (operation === 0) return false
  const tag = bytes[offset + operation]!
  const header = derHeaderLength(bytes, offset + operation, length - operation)
  const body = operation + header
  if (header === 0 || length < body + 3) return false
  if (tag === 0x61) {
    if (bytes[offset + body] !== 0x0a || bytes[offset + body + 1] !== 1) return false
    const result = bytes[offset + body + 2]!
    // 14 asks for the next step of SASL; 49 is invalidCredentials.
    if (result === 0) return say(sign, LoginKind.success)
    return result === 49 && say(sign, LoginKind.failure)
  }
  if (tag !== 0x60 || bytes[offset + body] !== 2 || bytes[offset + body + 1] !== 1) return false
  const name = body + 3
  const nameHeader = derHeaderLength(bytes, offset + name, length - name)
  if (nameHeader === 0 || bytes[offset + name] !== 4) return false
  const nameLength = derContentLength(bytes, offset + name)
  const choice = name + nameHeader + nameLength
  if (choice + 2 > length) return false
  if (bytes[offset + choice] !== 0x80) return say(sign, LoginKind.attempt)
  // Without a password it is an anonymous bind (RFC 4513 section 5.1).
  if (bytes[offset + choice + 1] === 0) return false
  sign.setUser(bytes, offset + name + nameHeader, nameLength)
  return say(sign, LoginKind.secret)
}

/** RFC 4120 section 7.5.9: 24 is a wrong password, 6 and 18 an unknown or locked client; 25 only asks for one. */
function readKerberos(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (length <= 0) return false
  const type = kerberosMessageType(bytes, offset, length)
  if (type === 11) return say(sign, LoginKind.success)
  if (type !== 30) return false
  const code = kerberosErrorCode(bytes, offset, length)
  return (code === 24 || code === 6 || code === 18) && say(sign, LoginKind.failure)
}

/** ERR packet with 1045 (access denied); OK packet as the third or fifth of the connection phase. */
function readMysql(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (length < 7) return false
  const sequence = bytes[offset + 3]!
  const kind = bytes[offset + 4]!
  if (kind === 0xff) return readU16le(bytes, offset + 5) === 1045 && say(sign, LoginKind.failure)
  return kind === 0 && (sequence === 2 || sequence === 4) && say(sign, LoginKind.success)
}

const wrongPassword = ascii('c28p01\0')
const wrongUser = ascii('c28000\0')
const md5 = ascii('md5')

/** Error fields C28P01 and C28000 (SQLSTATE), AuthenticationOk, and the password message. */
function readPgsql(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (length < 9) return false
  const kind = bytes[offset]!
  if (kind === 0x45) {
    const scanned = Math.min(length, 256)
    const isRefused =
      containsNoCase(bytes, offset, scanned, wrongPassword) ||
      containsNoCase(bytes, offset, scanned, wrongUser)
    return isRefused && say(sign, LoginKind.failure)
  }
  if (kind === 0x52) return readU32(bytes, offset + 5) === 0 && say(sign, LoginKind.success)
  if (kind !== 0x70) return false
  const body = offset + 5
  const bodyLength = Math.min(length - 5, readU32(bytes, offset + 1) - 4)
  const isClear = bodyLength > 1 && bytes[body + bodyLength - 1] === 0 && isText(bytes, body, bodyLength - 1)
  return say(
    sign,
    isClear && !startsWith(bytes, body, bodyLength, md5) ? LoginKind.secret : LoginKind.attempt,
  )
}

/** LOGIN7 (0x10), and error token 0xAA with number 18456 in the server's answer. [MS-TDS] 2.2.6.4, 2.2.7.10. */
function readTds(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (length < 16) return false
  if (bytes[offset] === 0x10) return say(sign, LoginKind.attempt)
  if (bytes[offset] !== 4 || bytes[offset + 8] !== 0xaa) return false
  return readU32le(bytes, offset + 11) === 18456 && say(sign, LoginKind.failure)
}

/** CONNECT's flags, client id, will, user name; CONNACK's code. OASIS MQTT 3.1.1 section 3, MQTT 5.0 section 3. */
function readMqtt(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (length < 4) return false
  if (bytes[offset] === 0x20) {
    const code = bytes[offset + 3]!
    if (code === 0) return say(sign, LoginKind.success)
    return (code === 4 || code === 5 || code === 0x86 || code === 0x87) && say(sign, LoginKind.failure)
  }
  if (bytes[offset] !== 0x10) return false
  let at = 1 + mqttLengthBytes(bytes, offset + 1, length - 1)
  at += 2 + (at + 2 <= length ? readU16(bytes, offset + at) : length)
  if (at + 4 > length) return false
  const level = bytes[offset + at]!
  const flags = bytes[offset + at + 1]!
  if ((flags & 0x40) === 0) return false
  at += 4
  if (level === 5) at += 1 + (at < length ? bytes[offset + at]! : 0)
  at += fieldLength(bytes, offset + at, length - at)
  if ((flags & 0x04) !== 0) {
    if (level === 5) at += 1 + (at < length ? bytes[offset + at]! : 0)
    at += fieldLength(bytes, offset + at, length - at)
    at += fieldLength(bytes, offset + at, length - at)
  }
  const size = fieldLength(bytes, offset + at, length - at)
  if ((flags & 0x80) !== 0 && size >= 2 && at + size <= length) sign.setUser(bytes, offset + at + 2, size - 2)
  return say(sign, LoginKind.secret)
}

/** Bytes of a length-prefixed field with its prefix; more than `left` when it is cut. */
function fieldLength(bytes: Uint8Array, at: number, left: number): number {
  return left < 2 ? left + 1 : 2 + readU16(bytes, at)
}

const authCommand = ascii('auth\r\n')
const refusals = [
  ascii('-wrongpass'),
  ascii('-err invalid password'),
  ascii('-err invalid username-password'),
]

/** AUTH password, or AUTH user password; refusals by their texts. Redis manual, AUTH. */
function readResp(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  for (const refusal of refusals) {
    if (startsWithNoCase(bytes, offset, length, refusal)) return say(sign, LoginKind.failure)
  }
  if (length < 16 || bytes[offset] !== 0x2a) return false
  // *2 or *3, then $4 and the command.
  const argumentCount = bytes[offset + 1]! - 0x30
  if (!startsWithNoCase(bytes, offset + 8, length - 8, authCommand)) return false
  if (argumentCount === 3) readBulk(bytes, offset + 14, length - 14, sign)
  return say(sign, LoginKind.secret)
}

/** `$5\r\nalice\r\n`, as the user name. */
function readBulk(bytes: Uint8Array, at: number, length: number, sign: LoginSign): void {
  const header = lineLength(bytes, at, Math.min(length, 8))
  if (header === -1) return
  const text = header + 2
  const size = lineLength(bytes, at + text, length - text)
  if (size !== -1) sign.setUser(bytes, at + text, size)
}

const cookie = ascii('cookie: mstshash=')

/** The user name that clients put into the connection request. [MS-RDPBCGR] 2.2.1.1. */
function readRdp(bytes: Uint8Array, offset: number, length: number, sign: LoginSign): boolean {
  if (!startsWithNoCase(bytes, offset + 11, length - 11, cookie)) return false
  const start = 11 + cookie.length
  const size = lineLength(bytes, offset + start, length - start)
  if (size <= 0) return false
  sign.setUser(bytes, offset + start, size)
  return say(sign, LoginKind.user)
}

function say(sign: LoginSign, kind: number): boolean {
  sign.kind = kind
  return true
}

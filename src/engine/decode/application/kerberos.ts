/** Kerberos 5 messages. RFC 4120 section 5; over TCP with a four-byte length (7.2.2). */

import { readU32 } from '../bytes.ts'
import { derContentLength, derHeaderLength } from './asn1.ts'

/** Application tag numbers, which equal the message types. */
export function isKerberosMessageType(type: number): boolean {
  return (type >= 10 && type <= 15) || (type >= 20 && type <= 22) || type === 30
}

/**
 * Message type of the Kerberos message at `offset`, 0 when it is none: [APPLICATION n] SEQUENCE, whose first
 * element is the version 5 and whose next is the type n again.
 */
export function kerberosMessageType(bytes: Uint8Array, offset: number, length: number): number {
  const outer = derHeaderLength(bytes, offset, length)
  if (outer === 0 || (bytes[offset]! & 0xe0) !== 0x60) return 0
  const type = bytes[offset]! & 0x1f
  if (!isKerberosMessageType(type)) return 0
  const inner = derHeaderLength(bytes, offset + outer, length - outer)
  if (inner === 0 || bytes[offset + outer] !== 0x30) return 0
  if (derContentLength(bytes, offset) !== inner + derContentLength(bytes, offset + outer)) return 0
  const at = offset + outer + inner
  if (length < outer + inner + 10) return 0
  // Requests number their fields from 1, the other messages from 0.
  const first = bytes[at]!
  if (first !== 0xa0 && first !== 0xa1) return 0
  const isVersion = bytes[at + 1] === 3 && bytes[at + 2] === 2 && bytes[at + 3] === 1 && bytes[at + 4] === 5
  const isType = bytes[at + 5] === first + 1 && bytes[at + 6] === 3 && bytes[at + 9] === type
  return isVersion && isType ? type : 0
}

export function looksLikeKerberos(bytes: Uint8Array, offset: number, length: number): boolean {
  return kerberosMessageType(bytes, offset, length) !== 0
}

/** With the length in front, of which at least as much must be there as the message's head needs. */
export function looksLikeKerberosOverTcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 5) return false
  const messageLength = readU32(bytes, offset)
  return (
    messageLength > 0 && messageLength < 1 << 24 && kerberosMessageType(bytes, offset + 4, length - 4) !== 0
  )
}

const ERROR_CODE_TAG = 0xa6
/** Fields of a KRB-ERROR are thirteen; each step advances by two bytes at least. */
const FIELD_COUNT_MAX = 16

/** Error code of the KRB-ERROR at `offset` (RFC 4120 section 5.9.1), -1 when it is not found. */
export function kerberosErrorCode(bytes: Uint8Array, offset: number, length: number): number {
  let at = derHeaderLength(bytes, offset, length)
  at += derHeaderLength(bytes, offset + at, length - at)
  for (let field = 0; field < FIELD_COUNT_MAX && at < length; field++) {
    const header = derHeaderLength(bytes, offset + at, length - at)
    if (header === 0) return -1
    const size = derContentLength(bytes, offset + at)
    if (bytes[offset + at] === ERROR_CODE_TAG) {
      const isByte = size === 3 && at + header + 3 <= length && bytes[offset + at + header + 1] === 1
      return isByte ? bytes[offset + at + header + 2]! : -1
    }
    at += header + size
  }
  return -1
}

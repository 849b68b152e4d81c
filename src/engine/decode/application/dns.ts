/** DNS messages, and mDNS, LLMNR and NBNS, which share the form. RFC 1035 section 4.1, RFC 6762, RFC 4795, RFC 1002. */

import { readU16 } from '../bytes.ts'

export const DNS_HEADER_LENGTH = 12
const LABEL_LENGTH_MAX = 63
const NAME_LENGTH_MAX = 255

/**
 * Whether the payload is shaped like a DNS message: a known opcode and response code, counts that the bytes have room
 * for, and a first record whose name, type and class are believable. `length` may stop short of the message.
 */
export function looksLikeDns(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < DNS_HEADER_LENGTH) return false
  const flags = readU16(bytes, offset + 2)
  const opcode = (flags >>> 11) & 15
  if (opcode > 6 || opcode === 3 || (flags & 0x0040) !== 0) return false
  const isResponse = (flags & 0x8000) !== 0
  if (!isResponse && (flags & 15) !== 0) return false
  const questionCount = readU16(bytes, offset + 4)
  const answerCount = readU16(bytes, offset + 6)
  const authorityCount = readU16(bytes, offset + 8)
  const additionalCount = readU16(bytes, offset + 10)
  const recordCount = answerCount + authorityCount + additionalCount
  const room = length - DNS_HEADER_LENGTH
  // A question takes five bytes at least, a record eleven.
  if (questionCount * 5 + recordCount * 11 > room) return false
  // A response may refuse without repeating the question (RFC 1035 leaves it open; servers do for format errors).
  if (questionCount + recordCount === 0) return isResponse && room === 0 && (flags & 15) !== 0
  if (!isResponse && opcode === 0 && questionCount === 0) return false
  return isRecordStart(bytes, offset + DNS_HEADER_LENGTH, room)
}

/** Two-byte length, then the message: DNS over TCP (RFC 1035 4.2.2). */
export function looksLikeDnsOverTcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 2 + DNS_HEADER_LENGTH) return false
  const messageLength = readU16(bytes, offset)
  if (messageLength < DNS_HEADER_LENGTH + 5) return false
  return looksLikeDns(bytes, offset + 2, Math.min(messageLength, length - 2))
}

/** A DNS message whose first name is a NetBIOS name: 32 letters A to P, half-octets of 16 (RFC 1001 section 14.1). */
export function looksLikeNbns(bytes: Uint8Array, offset: number, length: number): boolean {
  return looksLikeNbnsHeader(bytes, offset, length) && isNetbiosName(bytes, offset + DNS_HEADER_LENGTH)
}

/** NBNS uses opcodes (5 registration, 6 release, 7 WACK, 8 and 15 refresh) and a broadcast flag DNS does not have. */
function looksLikeNbnsHeader(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < DNS_HEADER_LENGTH + 34) return false
  const opcode = (readU16(bytes, offset + 2) >>> 11) & 15
  const questionCount = readU16(bytes, offset + 4)
  const answerCount = readU16(bytes, offset + 6)
  if (opcode !== 0 && (opcode < 5 || opcode > 9) && opcode !== 15) return false
  return questionCount <= 1 && answerCount <= 1 && questionCount + answerCount >= 1
}

/** Whether 34 bytes at `at` are an encoded NetBIOS name without scope. The caller has checked the length. */
export function isNetbiosName(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 32) return false
  for (let i = 1; i <= 32; i++) {
    const byte = bytes[at + i]!
    if (byte < 0x41 || byte > 0x50) return false
  }
  return true
}

function isRecordStart(bytes: Uint8Array, offset: number, length: number): boolean {
  const nameLength = plainNameLength(bytes, offset, length)
  if (nameLength === -1 || nameLength + 4 > length) return false
  const type = readU16(bytes, offset + nameLength)
  // mDNS uses the top bit of the class for "cache flush" and "unicast answer" (RFC 6762 section 18.12).
  const recordClass = readU16(bytes, offset + nameLength + 2) & 0x7fff
  return (
    isDnsType(type) &&
    (recordClass === 1 ||
      recordClass === 3 ||
      recordClass === 4 ||
      (recordClass >= 254 && recordClass <= 255))
  )
}

/** Types 1 to 65 and the assigned handful above; private use is left out. IANA DNS parameters registry. */
function isDnsType(type: number): boolean {
  return (
    (type >= 1 && type <= 67) ||
    (type >= 99 && type <= 109) ||
    (type >= 249 && type <= 262) ||
    type === 32768 ||
    type === 32769
  )
}

/** Bytes of an uncompressed name at `offset`, -1 when it is none: the first name of a message has nothing to point at. */
function plainNameLength(bytes: Uint8Array, offset: number, length: number): number {
  let at = 0
  while (at < length) {
    const label = bytes[offset + at]!
    at++
    if (label === 0) return at <= NAME_LENGTH_MAX ? at : -1
    if (label > LABEL_LENGTH_MAX || at + label > NAME_LENGTH_MAX || at + label > length) return -1
    at += label
  }
  return -1
}

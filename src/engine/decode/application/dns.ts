/** DNS messages, and mDNS and LLMNR, which share the form. RFC 1035 section 4.1, RFC 6762, RFC 4795. */

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

/** A header that a DNS message may have, whatever follows: enough where the port says DNS too. */
export function couldBeDns(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < DNS_HEADER_LENGTH) return false
  const opcode = (bytes[offset + 2]! >>> 3) & 15
  // More questions than fit is a lie, but one that a broken client tells in a message that is still DNS.
  return opcode <= 6 && opcode !== 3 && readU16(bytes, offset + 4) <= 32
}

/** As couldBeDns, behind TCP's length. */
export function couldBeDnsOverTcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 2 + DNS_HEADER_LENGTH || readU16(bytes, offset) < DNS_HEADER_LENGTH) return false
  return couldBeDns(bytes, offset + 2, length - 2)
}

/** Two-byte length, then the message: DNS over TCP (RFC 1035 4.2.2). */
export function looksLikeDnsOverTcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 2 + DNS_HEADER_LENGTH) return false
  const messageLength = readU16(bytes, offset)
  if (messageLength < DNS_HEADER_LENGTH + 5) return false
  return looksLikeDns(bytes, offset + 2, Math.min(messageLength, length - 2))
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

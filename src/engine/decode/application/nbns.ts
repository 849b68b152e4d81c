/** NetBIOS name service: DNS's form with NetBIOS names and opcodes. RFC 1002 section 4.2, RFC 1001 section 14.1. */

import { readU16 } from '../bytes.ts'
import { DNS_HEADER_LENGTH } from './dns.ts'

/** A DNS message whose first name is a NetBIOS name: 32 letters A to P, half-octets of 16 (RFC 1001 section 14.1). */
export function looksLikeNbns(bytes: Uint8Array, offset: number, length: number): boolean {
  return isNbnsHeader(bytes, offset, length) && isNetbiosName(bytes, offset + DNS_HEADER_LENGTH)
}

/** NBNS uses opcodes (5 registration, 6 release, 7 WACK, 8 and 15 refresh) and a broadcast flag DNS does not have. */
function isNbnsHeader(bytes: Uint8Array, offset: number, length: number): boolean {
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

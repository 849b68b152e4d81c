/** BACnet/IP: BVLC type 0x81, a function and the length of the whole. ASHRAE 135 Annex J.2. */

import { readU16 } from '../bytes.ts'

const FUNCTION_MAX = 0x0c
const FORWARDED = 0x04

/** On any port the length must be the payload's and, where a network message follows, its version must be 1. */
export function looksLikeBacnet(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 6 || bytes[offset] !== 0x81 || bytes[offset + 1]! > FUNCTION_MAX) return false
  if (readU16(bytes, offset + 2) !== length) return false
  const kind = bytes[offset + 1]!
  // A forwarded message carries its origin's address (six bytes) first; 9 to 11 are unicast and broadcast.
  if (kind === FORWARDED) return length > 10 && bytes[offset + 10] === 1
  return kind >= 9 && kind <= 11 ? bytes[offset + 4] === 1 : true
}

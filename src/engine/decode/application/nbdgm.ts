/** NetBIOS datagram service. RFC 1002 section 4.4. */

import { readU16 } from '../bytes.ts'

const HEADER_LENGTH = 10

export function looksLikeNbdgm(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const type = bytes[offset]!
  if (type < 0x10 || type > 0x16 || (bytes[offset + 1]! & 0xf0) !== 0) return false
  // 138 is the source port field's usual value, but a NAT in between leaves it as it was: any will do but 0.
  return readU16(bytes, offset + 8) !== 0
}

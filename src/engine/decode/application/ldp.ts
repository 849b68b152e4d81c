/** LDP: a PDU header of version 1 and a first message. RFC 5036 section 3.1. */

import { readU16 } from '../bytes.ts'

/** Only where the port says LDP. */
export function couldBeLdp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 14 || readU16(bytes, offset) !== 1) return false
  const message = readU16(bytes, offset + 10) & 0x7fff
  return readU16(bytes, offset + 2) >= 14 - 4 && (message <= 0x0500 || message >= 0x3e00)
}

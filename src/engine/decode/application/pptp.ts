/** PPTP's control connection: message type 1 and a magic cookie. RFC 2637 section 2. */

import { readU16, readU32 } from '../bytes.ts'

export function looksLikePptp(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 12 && readU16(bytes, offset + 2) <= 2 && readU32(bytes, offset + 4) === 0x1a2b3c4d
}

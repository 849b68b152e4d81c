/** BGP: sixteen ones, a length and a message type. RFC 4271 section 4.1. */

import { readU16 } from '../bytes.ts'

const HEADER_LENGTH = 19

export function looksLikeBgp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  for (let i = 0; i < 16; i++) if (bytes[offset + i] !== 0xff) return false
  const type = bytes[offset + 18]!
  return readU16(bytes, offset + 16) >= HEADER_LENGTH && type >= 1 && type <= 6
}

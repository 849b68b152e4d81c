/** Diameter: version 1, a length in whole words, a command. RFC 6733 section 3; codes of the IANA AAA registry. */

import { readU24 } from '../bytes.ts'

const HEADER_LENGTH = 20

export function looksLikeDiameter(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH || bytes[offset] !== 1 || (bytes[offset + 4]! & 0x0f) !== 0) return false
  const messageLength = readU24(bytes, offset + 1)
  const command = readU24(bytes, offset + 5)
  const isKnown =
    (command >= 257 && command <= 275) ||
    command === 280 ||
    command === 282 ||
    (command >= 283 && command <= 336)
  return isKnown && messageLength >= HEADER_LENGTH && messageLength % 4 === 0 && messageLength <= 1 << 18
}

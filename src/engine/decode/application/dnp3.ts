/** DNP3's data link header, checked by its own CRC. IEEE 1815-2012 section 9. */

import { readU16le } from '../bytes.ts'

const HEADER_LENGTH = 10

export function looksLikeDnp3(bytes: Uint8Array, offset: number, length: number): boolean {
  if (
    length < HEADER_LENGTH ||
    bytes[offset] !== 0x05 ||
    bytes[offset + 1] !== 0x64 ||
    bytes[offset + 2]! < 5
  )
    return false
  return crcDnp(bytes, offset, 8) === readU16le(bytes, offset + 8)
}

/** CRC-16/DNP: polynomial 0x3D65 reflected, start 0, inverted at the end. */
function crcDnp(bytes: Uint8Array, offset: number, length: number): number {
  let crc = 0
  for (let i = 0; i < length; i++) {
    crc ^= bytes[offset + i]!
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ 0xa6bc : crc >>> 1
  }
  return crc ^ 0xffff
}

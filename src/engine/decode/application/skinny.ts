/** Skinny (SCCP): length, header version, message id, little endian. As Cisco's phones send it. */

import { readU32le } from '../bytes.ts'

const HEADER_LENGTH = 8

/** Only where the port says Skinny. */
export function couldBeSkinny(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 4) return false
  const messageLength = readU32le(bytes, offset)
  const version = readU32le(bytes, offset + 4)
  return (
    messageLength >= 4 && messageLength <= 4096 && version <= 0x16 && readU32le(bytes, offset + 8) < 0x0400
  )
}

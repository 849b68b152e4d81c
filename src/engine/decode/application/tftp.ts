/** TFTP: read and write requests, and the packets that follow. RFC 1350 section 5. */

import { readU16 } from '../bytes.ts'
import { ascii, startsWithNoCase } from './ascii.ts'

const FILE_NAME_LENGTH_MAX = 512
const modes = ['octet\0', 'netascii\0', 'mail\0'].map(ascii)

/** A request: file name and transfer mode, each ended by a zero. */
export function looksLikeTftp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 9) return false
  const opcode = readU16(bytes, offset)
  if (opcode !== 1 && opcode !== 2) return false
  const end = Math.min(length, 2 + FILE_NAME_LENGTH_MAX)
  for (let at = 2; at < end; at++) {
    const byte = bytes[offset + at]!
    if (byte === 0) {
      for (const mode of modes)
        if (at > 2 && startsWithNoCase(bytes, offset + at + 1, length - at - 1, mode)) return true
      return false
    }
    if (byte < 0x20 || byte === 0x7f) return false
  }
  return false
}

/** Data, acknowledgment, error or option acknowledgment: enough where the port says TFTP too. */
export function couldBeTftp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 4) return false
  const opcode = readU16(bytes, offset)
  if (opcode === 4) return length <= 64
  return opcode === 3 || opcode === 6 || (opcode === 5 && readU16(bytes, offset + 2) <= 8)
}

/** AMQP 0-9-1 and 1.0: the protocol header both sides start with, and frames. AMQP 0-9-1 4.2.2, AMQP 1.0 2.2. */

import { readU32 } from '../bytes.ts'
import { ascii, startsWith } from './ascii.ts'

const start = ascii('AMQP')

export function looksLikeAmqp(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 8 && startsWith(bytes, offset, length, start) && bytes[offset + 4]! <= 3
}

/** A 0-9-1 frame (type, channel, length, 0xCE at its end): enough where the port says AMQP too. */
export function couldBeAmqp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8) return false
  const type = bytes[offset]!
  if (type >= 1 && type <= 8 && type !== 5 && type !== 6 && type !== 7) {
    const end = 7 + readU32(bytes, offset + 3)
    return end < length ? bytes[offset + end] === 0xce : end < 1 << 20
  }
  // 1.0: size, data offset of two words or more, type 0 or 1.
  return (
    readU32(bytes, offset) >= 8 &&
    readU32(bytes, offset) < 1 << 20 &&
    bytes[offset + 4]! >= 2 &&
    bytes[offset + 5]! <= 1
  )
}

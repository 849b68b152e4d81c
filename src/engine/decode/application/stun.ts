/** STUN: a type of 14 bits, a length in whole words and the magic cookie. RFC 8489 section 5. */

import { readU16, readU32 } from '../bytes.ts'

const HEADER_LENGTH = 20
const MAGIC_COOKIE = 0x2112a442

export function looksLikeStun(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH || (bytes[offset]! & 0xc0) !== 0) return false
  const bodyLength = readU16(bytes, offset + 2)
  return (
    bodyLength % 4 === 0 &&
    readU32(bytes, offset + 4) === MAGIC_COOKIE &&
    HEADER_LENGTH + bodyLength <= length + 4
  )
}

/** RFC 3489's form, which had no cookie: enough where the port says STUN too. */
export function couldBeStun(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const type = readU16(bytes, offset)
  return (type & 0xfeef) <= 2 && HEADER_LENGTH + readU16(bytes, offset + 2) === length
}

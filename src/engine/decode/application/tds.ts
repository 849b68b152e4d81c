/** TDS (SQL Server, Sybase): packet header and pre-login. [MS-TDS] 2.2.3.1 and 2.2.6.5. */

import { readU16 } from '../bytes.ts'

const HEADER_LENGTH = 8
const PRE_LOGIN = 0x12

/** A pre-login: the whole in one packet, its first option the version, at an offset inside. */
export function looksLikeTds(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 11 || bytes[offset] !== PRE_LOGIN || bytes[offset + 1] !== 1) return false
  if (readU16(bytes, offset + 2) !== length || bytes[offset + 7] !== 0) return false
  return (
    bytes[offset + HEADER_LENGTH] === 0 &&
    readU16(bytes, offset + HEADER_LENGTH + 1) < length - HEADER_LENGTH &&
    readU16(bytes, offset + HEADER_LENGTH + 3) === 6
  )
}

/** Any packet type with a length that fits: enough where the port says TDS too. */
export function couldBeTds(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const type = bytes[offset]!
  if (type === 0 || type > 18 || bytes[offset + 1]! > 31) return false
  return readU16(bytes, offset + 2) >= HEADER_LENGTH && bytes[offset + 7] === 0
}

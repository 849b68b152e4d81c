/** OpenFlow: version, type, length, transaction. OpenFlow Switch Specification 1.3 section 7.1. */

import { readU16 } from '../bytes.ts'

const HELLO = 0

/** A hello, which opens every session: little more than its header. */
export function couldBeOpenflow(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8) return false
  const version = bytes[offset]!
  const messageLength = readU16(bytes, offset + 2)
  if (version === 0 || version > 6 || bytes[offset + 1]! > 35 || messageLength < 8) return false
  return bytes[offset + 1] === HELLO ? messageLength <= 64 : messageLength <= length || length > 64
}

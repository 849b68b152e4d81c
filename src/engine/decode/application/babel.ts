/** Babel: magic 42, version 2, a body length. RFC 8966 section 4.2. */

import { readU16 } from '../bytes.ts'

export function couldBeBabel(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 4 && bytes[offset] === 42 && bytes[offset + 1] === 2 && readU16(bytes, offset + 2) + 4 <= length
  )
}

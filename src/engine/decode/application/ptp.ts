/** PTP over UDP: version 1 or 2 and a message length. IEEE 1588-2019 section 13.3. */

import { readU16 } from '../bytes.ts'

export function couldBePtp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 34) return false
  const version = bytes[offset + 1]! & 15
  return version === 2 ? readU16(bytes, offset + 2) <= length : version === 1
}

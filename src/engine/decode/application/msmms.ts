/** Microsoft Media Server: a command header with two fixed words. [MS-MMSP] 2.2.3. */

import { readU32, readU32le } from '../bytes.ts'

export function looksLikeMsmms(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 16 && readU32le(bytes, offset + 4) === 0xb00bface && readU32(bytes, offset + 12) === 0x4d4d5320
  )
}

/** EtherNet/IP's encapsulation header, little endian. ODVA, EtherNet/IP Adaptation of CIP section 2-3. */

import { readU16le, readU32le } from '../bytes.ts'

const HEADER_LENGTH = 24

/** A known command, the length that follows, and options of zero. Only where the port says EtherNet/IP. */
export function couldBeEnip(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const command = readU16le(bytes, offset)
  const isKnown =
    command === 0 ||
    command === 4 ||
    (command >= 0x63 && command <= 0x66) ||
    command === 0x6f ||
    command === 0x70 ||
    command === 0x72 ||
    command === 0x73
  return (
    isKnown && readU32le(bytes, offset + 20) === 0 && HEADER_LENGTH + readU16le(bytes, offset + 2) >= length
  )
}

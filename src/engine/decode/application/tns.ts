/** Oracle's TNS: length, checksum, type. As Oracle Net sends it; field names of Wireshark's description. */

import { readU16 } from '../bytes.ts'
import { ascii, containsNoCase } from './ascii.ts'

const HEADER_LENGTH = 8
const CONNECT = 1
const description = ascii('(description=')

/** A connect packet with its descriptor in clear. */
export function looksLikeTns(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    couldBeTns(bytes, offset, length) &&
    bytes[offset + 4] === CONNECT &&
    containsNoCase(bytes, offset, Math.min(length, 512), description)
  )
}

/** Any packet type, checksums of zero: enough where the port says TNS too. */
export function couldBeTns(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const type = bytes[offset + 4]!
  return type >= 1 && type <= 19 && readU16(bytes, offset + 6) === 0 && readU16(bytes, offset + 2) <= 0xffff
}

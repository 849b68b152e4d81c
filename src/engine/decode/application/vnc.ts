/** VNC: the ProtocolVersion message of RFB. RFC 6143 section 7.1.1. */

import { ascii, startsWith } from './ascii.ts'

const start = ascii('RFB 00')

export function looksLikeVnc(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 12 &&
    startsWith(bytes, offset, length, start) &&
    bytes[offset + 7] === 0x2e &&
    bytes[offset + 11] === 0x0a
  )
}

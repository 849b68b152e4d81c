/** SMB 1 and SMB 2/3 in NetBIOS session frames. [MS-SMB] 2.2.3.1, [MS-SMB2] 2.1 and 2.2.1. */

import { NBSS_HEADER_LENGTH } from './nbss.ts'

/** A session message (type 0) with a 17- or 24-bit length, then 0xFF 'SMB'. */
export function looksLikeSmb(bytes: Uint8Array, offset: number, length: number): boolean {
  return hasSignature(bytes, offset, length) && bytes[offset + NBSS_HEADER_LENGTH] === 0xff
}

/** As SMB 1, with 0xFE (a message), 0xFD (an encrypted one) or 0xFC (a compressed one). */
export function looksLikeSmb2(bytes: Uint8Array, offset: number, length: number): boolean {
  if (!hasSignature(bytes, offset, length)) return false
  const first = bytes[offset + NBSS_HEADER_LENGTH]!
  return first >= 0xfc && first <= 0xfe
}

function hasSignature(bytes: Uint8Array, offset: number, length: number): boolean {
  const at = offset + NBSS_HEADER_LENGTH
  return (
    length >= NBSS_HEADER_LENGTH + 4 &&
    bytes[offset] === 0 &&
    bytes[at + 1] === 0x53 &&
    bytes[at + 2] === 0x4d &&
    bytes[at + 3] === 0x42
  )
}

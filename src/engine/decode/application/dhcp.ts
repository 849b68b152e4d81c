/** DHCP and BOOTP. RFC 2131 section 2, RFC 951. */

import { readU32 } from '../bytes.ts'

export const DHCP_FIXED_LENGTH = 236
export const DHCP_MAGIC = 0x63825363

/** Request or reply, a hardware length that fits its field, and the magic number. */
export function looksLikeDhcp(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    looksLikeBootp(bytes, offset, length) &&
    length >= DHCP_FIXED_LENGTH + 4 &&
    readU32(bytes, offset + DHCP_FIXED_LENGTH) === DHCP_MAGIC
  )
}

/** Without the magic number, or cut before it: enough where the ports say DHCP. */
export function looksLikeBootp(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 44 && (bytes[offset] === 1 || bytes[offset] === 2) && bytes[offset + 2]! <= 16
}

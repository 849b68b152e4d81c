/** X11: the client's connection set-up. X Window System Protocol, section 8. */

/** Byte order `B` or `l`, protocol 11.0. */
export function looksLikeX11(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 12 || bytes[offset + 1] !== 0) return false
  const isBig = bytes[offset] === 0x42
  if (!isBig && bytes[offset] !== 0x6c) return false
  const major = bytes[offset + (isBig ? 3 : 2)]
  const zeros =
    bytes[offset + (isBig ? 2 : 3)]! |
    bytes[offset + 4]! |
    bytes[offset + 5]! |
    bytes[offset + 10]! |
    bytes[offset + 11]!
  return major === 11 && zeros === 0
}

/** BFD control packets. RFC 5880 section 4.1. */

/** Version 0 or 1, a detection multiplier, and the length of the whole. Only where the port says BFD. */
export function couldBeBfd(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 24 || bytes[offset]! >>> 5 > 1) return false
  return bytes[offset + 2] !== 0 && bytes[offset + 3]! >= 24 && bytes[offset + 3]! <= length
}

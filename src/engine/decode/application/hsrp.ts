/** HSRP version 1 and 2. RFC 2281 section 5.1; version 2 wraps it in type, length, version. */

export function couldBeHsrp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 4) return false
  const first = bytes[offset]!
  if (first === 0) return length >= 20 && bytes[offset + 1]! <= 3 && bytes[offset + 2]! <= 16
  return first >= 1 && first <= 4 && bytes[offset + 1]! >= 4 && bytes[offset + 1]! + 2 <= length
}

/** IEC 60870-5-104 frames: 0x68, a length and four control bytes. IEC 60870-5-104 section 5. */

export function couldBeIec104(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 6 || bytes[offset] !== 0x68) return false
  const frameLength = bytes[offset + 1]!
  return frameLength >= 4 && frameLength <= 253 && frameLength + 2 <= Math.max(length, 6)
}

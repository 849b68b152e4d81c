/** RMCP (ASF, IPMI): version 6, a reserved byte, a sequence, a class. ASF 2.0 section 3.2.2.2. */

export function couldBeRmcp(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 4 && bytes[offset] === 6 && bytes[offset + 1] === 0 && (bytes[offset + 3]! & 0x1f) <= 8
}

/** Values that clients send to keep servers tolerant, and that mean nothing. RFC 8701 section 2. */

/** 0x0a0a, 0x1a1a, ... 0xfafa: both bytes equal and ending in a. */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >>> 8 === (value & 0xff)
}

/** BER and DER headers: enough to step over a tag and its length. ITU-T X.690 section 8.1. */

/** Longest length field followed: four bytes say more than any packet holds. */
const LENGTH_BYTES_MAX = 4

/** Bytes of tag and length at `offset`; 0 when they do not fit in `length` or the form is not definite. */
export function derHeaderLength(bytes: Uint8Array, offset: number, length: number): number {
  if (length < 2) return 0
  const first = bytes[offset + 1]!
  if (first < 0x80) return 2
  const count = first & 0x7f
  return count === 0 || count > LENGTH_BYTES_MAX || length < 2 + count ? 0 : 2 + count
}

/** Content length that the header at `offset` states. Only after derHeaderLength gave more than 0. */
export function derContentLength(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset + 1]!
  if (first < 0x80) return first
  let value = 0
  for (let i = 0; i < (first & 0x7f); i++) value = value * 256 + bytes[offset + 2 + i]!
  return value
}

/** Whether a definite header with `tag` stands at `offset`. */
export function hasDerTag(bytes: Uint8Array, offset: number, length: number, tag: number): boolean {
  return length >= 2 && bytes[offset] === tag && derHeaderLength(bytes, offset, length) !== 0
}

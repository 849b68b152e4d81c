/** RIP 1, RIP 2 and RIPng: a header of four bytes and entries of twenty. RFC 2453 section 4, RFC 2080. */

export function couldBeRip(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 4 || (length - 4) % 20 !== 0) return false
  const command = bytes[offset]!
  const version = bytes[offset + 1]!
  return command >= 1 && command <= 6 && version >= 1 && version <= 2
}

export function couldBeRipng(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 4 &&
    (length - 4) % 20 === 0 &&
    (bytes[offset] === 1 || bytes[offset] === 2) &&
    bytes[offset + 1] === 1
  )
}

/** SOCKS 4, 4a and 5: greetings and requests. RFC 1928 sections 3 to 6; Lee, SOCKS 4. */

export function couldBeSocks(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 2) return false
  const first = bytes[offset]!
  const second = bytes[offset + 1]!
  if (first === 5) {
    // Methods offered; method chosen; request or reply, which has a zero and an address type.
    if (second >= 1 && length === 2 + second) return true
    if (length === 2) return second === 0 || second === 1 || second === 2 || second === 255
    return length >= 10 && second <= 8 && bytes[offset + 2] === 0 && isSocksAddressType(bytes[offset + 3]!)
  }
  if (first === 4) return length >= 9 && (second === 1 || second === 2) && bytes[offset + length - 1] === 0
  return first === 0 && length === 8 && second >= 90 && second <= 93
}

function isSocksAddressType(type: number): boolean {
  return type === 1 || type === 3 || type === 4
}

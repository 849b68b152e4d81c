/** Addresses as people write them: dotted quad, RFC 5952 for IPv6, hyphenless hexadecimal pairs for hardware. */

/** A 32-bit word (signed or unsigned) as dotted quad. */
export function ipv4Text(word: number): string {
  return `${String(word >>> 24)}.${String((word >>> 16) & 255)}.${String((word >>> 8) & 255)}.${String(word & 255)}`
}

/** Four 32-bit words as RFC 5952 text: lower case, the longest run of zero groups (of two or more) as `::`. */
export function ipv6Text(a: number, b: number, c: number, d: number): string {
  // RFC 5952 section 5: the dotted form for addresses known to embed IPv4, here only ::ffff:0:0/96.
  if (a === 0 && b === 0 && c === 0xffff) return `::ffff:${ipv4Text(d)}`
  const groups: number[] = []
  for (const word of [a, b, c, d]) groups.push(word >>> 16, word & 0xffff)
  let bestStart = -1
  let bestLength = 1
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && groups[start + length] === 0) length++
    if (length > bestLength) {
      bestStart = start
      bestLength = length
    }
  }
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  if (bestStart === -1) return text(0, 8)
  return `${text(0, bestStart)}::${text(bestStart + bestLength, 8)}`
}

/** Upper 16 and lower 32 bits as `00:11:22:33:44:55`. */
export function hardwareText(high: number, low: number): string {
  return [high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low]
    .map((byte) => (byte & 255).toString(16).padStart(2, '0'))
    .join(':')
}

/** Addresses and networks as people write them, read for the allow-list: dotted quad and RFC 4291 text, with a length. */

/** Four words, IPv4 as ::ffff:a.b.c.d, and how many leading bits count. */
export interface AddressPrefix {
  readonly words: readonly [number, number, number, number]
  readonly bits: number
}

/** Null when the text is neither an address nor a network. */
export function parsePrefix(text: string): AddressPrefix | null {
  const [address, length, more] = text.split('/')
  if (address === undefined || more !== undefined) return null
  const ipv4 = parseIpv4(address)
  const groups = ipv4 === null ? parseIpv6(address) : null
  if (ipv4 === null && groups === null) return null
  const bitsMax = ipv4 === null ? 128 : 32
  const bits = length === undefined ? bitsMax : /^\d{1,3}$/.test(length) ? Number(length) : NaN
  if (!(bits >= 0 && bits <= bitsMax)) return null
  if (ipv4 !== null) return { words: [0, 0, 0xffff, ipv4], bits: bits + 96 }
  return { words: groups!, bits }
}

export function prefixHolds(
  prefix: AddressPrefix,
  words: readonly [number, number, number, number],
): boolean {
  let left = prefix.bits
  for (let i = 0; i < 4 && left > 0; i++, left -= 32) {
    const mask = left >= 32 ? -1 : -1 << (32 - left)
    if (((prefix.words[i]! ^ words[i]!) & mask) !== 0) return false
  }
  return true
}

function parseIpv4(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null
  const bytes = text.split('.').map(Number)
  if (bytes.some((byte) => byte > 255)) return null
  return (bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!
}

function parseIpv6(text: string): [number, number, number, number] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = groupsOf(halves[0]!)
  const tail = halves.length === 2 ? groupsOf(halves[1]!) : []
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  const word = (i: number): number => (groups[2 * i]! << 16) | groups[2 * i + 1]!
  return [word(0), word(1), word(2), word(3)]
}

function groupsOf(text: string): number[] | null {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [place, part] of parts.entries()) {
    const ipv4 = place === parts.length - 1 ? parseIpv4(part) : null
    if (ipv4 !== null) groups.push(ipv4 >>> 16, ipv4 & 0xffff)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16))
    else return null
  }
  return groups
}

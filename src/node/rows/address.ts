/** Addresses of a table as numbers, to sort them in their natural order and to hold them against CIDR blocks (RFC 4632, RFC 4291). */

import { rowNumbers, sortedRows } from './sort.ts'

/** An address or block: its kind, its 128 bits as four words, how many of them count. */
export interface AddressBlock {
  readonly isIpv6: boolean
  readonly words: readonly [number, number, number, number]
  readonly prefixLength: number
}

/** Dotted quad as a number, -1 when it is none. Written out because a table may hold a million of them. */
function ipv4Word(text: string): number {
  if (text.length < 7 || text.length > 15) return -1
  let word = 0
  let octet = -1
  let dotCount = 0
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    if (unit === 46) {
      if (octet < 0 || dotCount === 3) return -1
      word = word * 256 + octet
      octet = -1
      dotCount++
    } else if (unit >= 48 && unit <= 57) {
      octet = (octet < 0 ? 0 : octet * 10) + unit - 48
      if (octet > 255) return -1
    } else return -1
  }
  return dotCount === 3 && octet >= 0 ? word * 256 + octet : -1
}

function ipv6Words(text: string): [number, number, number, number] | null {
  // A zone (fe80::1%eth0) names an interface of the machine that wrote it: it is not part of the address.
  const zone = text.indexOf('%')
  let address = zone === -1 ? text : text.slice(0, zone)
  const lastColon = address.lastIndexOf(':')
  if (lastColon === -1 || address.length > 45) return null
  if (address.includes('.', lastColon)) {
    const word = ipv4Word(address.slice(lastColon + 1))
    if (word === -1) return null
    address = `${address.slice(0, lastColon + 1)}${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`
  }
  const halves = address.split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...new Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail]
  const values = groups.map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : -1))
  if (values.includes(-1)) return null
  const word = (place: number): number => values[2 * place]! * 65536 + values[2 * place + 1]!
  return [word(0), word(1), word(2), word(3)]
}

/** An address (`10.0.0.1`) or block (`10.0.0.0/8`); null for anything else, such as a hardware address. */
export function addressBlock(text: string): AddressBlock | null {
  const slash = text.indexOf('/')
  const address = (slash === -1 ? text : text.slice(0, slash)).trim()
  const ipv4 = ipv4Word(address)
  const words = ipv4 === -1 ? ipv6Words(address) : ([0, 0, 0, ipv4] as const)
  if (words === null) return null
  const isIpv6 = ipv4 === -1
  const longest = isIpv6 ? 128 : 32
  const prefixText = slash === -1 ? String(longest) : text.slice(slash + 1).trim()
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.POSITIVE_INFINITY
  if (prefix > longest) return null
  return {
    isIpv6,
    words: [words[0], words[1], words[2], words[3]],
    prefixLength: isIpv6 ? prefix : 96 + prefix,
  }
}

/** Many texts as addresses: four words each, and 0 for IPv4, 1 for IPv6, 2 for anything else. */
export interface AddressList {
  readonly words: Uint32Array
  readonly kinds: Uint8Array
}

export function addressList(texts: readonly string[]): AddressList {
  const words = new Uint32Array(texts.length * 4)
  const kinds = new Uint8Array(texts.length)
  for (const [place, text] of texts.entries()) {
    const ipv4 = ipv4Word(text)
    if (ipv4 !== -1) {
      words[4 * place + 3] = ipv4
      continue
    }
    const ipv6 = ipv6Words(text)
    kinds[place] = ipv6 === null ? 2 : 1
    if (ipv6 !== null) words.set(ipv6, 4 * place)
  }
  return { words, kinds }
}

/** True when address number `place` of the list lies in `block`. */
export function isInBlock(addresses: AddressList, place: number, block: AddressBlock): boolean {
  if (addresses.kinds[place] !== (block.isIpv6 ? 1 : 0)) return false
  let left = block.prefixLength
  for (let word = 0; word < 4 && left > 0; word++) {
    const bitCount = Math.min(32, left)
    const mask = bitCount === 32 ? 0xffffffff : ~(0xffffffff >>> bitCount)
    if (((addresses.words[4 * place + word]! ^ block.words[word]!) & mask) !== 0) return false
    left -= bitCount
  }
  return true
}

/** Numbers 0 to `count`-1 of 128-bit addresses, four words each, in ascending order. */
export function orderByWords(words: Uint32Array | Int32Array, count: number): Uint32Array {
  let order: Uint32Array = rowNumbers(count)
  const keys = new Float64Array(count)
  // Stable sorts, by the last word first.
  for (let word = 3; word >= 0; word--) {
    for (let place = 0; place < count; place++) keys[place] = words[4 * place + word]! >>> 0
    order = sortedRows(order, keys, false)
  }
  return order
}

/** Places of the texts in order: IPv4 by number, IPv6 by number, then everything else by its letters. */
export function naturalOrder(texts: readonly string[], addresses: AddressList): Uint32Array {
  const { words, kinds } = addresses
  const order = sortedRows(orderByWords(words, texts.length), Float64Array.from(kinds), false)
  const otherStart = order.findIndex((place) => kinds[place] === 2)
  if (otherStart !== -1) {
    const others = [...order.subarray(otherStart)]
    others.sort((one, other) =>
      texts[one]! < texts[other]! ? -1 : texts[one]! > texts[other]! ? 1 : one - other,
    )
    order.set(others, otherStart)
  }
  return order
}

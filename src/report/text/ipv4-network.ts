/** The smallest IPv4 network that holds some addresses, in the notation of RFC 4632. */

/** Prefixes shorter than this hold so many addresses that naming them says little. */
const PREFIX_LENGTH_MIN = 16
const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** `10.0.1.0/24`; null when an address is none of IPv4, they are fewer than two, or they have less than 16 bits in common. */
export function ipv4Network(addresses: readonly string[]): string | null {
  if (addresses.length < 2) return null
  let first = -1
  let differing = 0
  for (const text of addresses) {
    const address = parsed(text)
    if (address === null) return null
    if (first === -1) first = address
    differing |= address ^ first
  }
  const prefixLength = Math.clz32(differing)
  if (prefixLength < PREFIX_LENGTH_MIN) return null
  const network = prefixLength === 32 ? first : (first & ~(0xffff_ffff >>> prefixLength)) >>> 0
  const bytes = [24, 16, 8, 0].map((shift) => (network >>> shift) & 255)
  return `${bytes.join('.')}/${String(prefixLength)}`
}

function parsed(text: string): number | null {
  const bytes = ADDRESS.exec(text)?.slice(1).map(Number)
  if (bytes === undefined || bytes.some((byte) => byte > 255)) return null
  return bytes.reduce((address, byte) => address * 256 + byte, 0)
}

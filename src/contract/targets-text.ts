/** The targets of a scan in a few words: one address, the block that holds them all, or the first of many. */

interface Targets {
  readonly addresses: readonly string[]
  /** More than `addresses` where those were cut. */
  readonly addressCount: number
}

/** A block wider than this says less than its first address. */
const PREFIX_LENGTH_MIN = 16

/** `10.0.0.5`, `256 hosts in 10.99.1.0/24`, `10.0.0.5 and 3 more`; empty for none. */
export function targetsText({ addresses, addressCount }: Targets): string {
  const first = addresses[0]
  if (first === undefined) return ''
  if (addressCount <= 1) return first
  const block = addresses.length === addressCount ? blockOf(addresses) : null
  if (block === null) return `${first} and ${(addressCount - 1).toLocaleString('en')} more`
  return `${addressCount.toLocaleString('en')} hosts in ${block}`
}

/** The smallest IPv4 block of all of them; null where there is none worth naming. */
function blockOf(addresses: readonly string[]): string | null {
  let lowest = 0xffffffff
  let highest = 0
  for (const address of addresses) {
    const number = ipv4Number(address)
    if (number === null) return null
    lowest = Math.min(lowest, number)
    highest = Math.max(highest, number)
  }
  const length = Math.clz32(lowest ^ highest)
  if (length < PREFIX_LENGTH_MIN) return null
  const network = length === 32 ? lowest : lowest - (lowest % 2 ** (32 - length))
  return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.')}/${length}`
}

function ipv4Number(address: string): number | null {
  const parts = address.split('.')
  if (parts.length !== 4) return null
  let number = 0
  for (const part of parts) {
    const byte = Number(part)
    if (!/^\d{1,3}$/.test(part) || byte > 255) return null
    number = number * 256 + byte
  }
  return number
}

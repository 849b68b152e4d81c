/** Numbers as ranges: ports for people, and addresses and ports for filters. */

export interface NumberRange {
  readonly from: number
  readonly to: number
}

/** Ranges of consecutive numbers (unsigned, 32 bits), ascending; no more than `rangesMax`, the first ones. */
export function rangesOf(numbers: ArrayLike<number>, rangesMax = Infinity): NumberRange[] {
  const sorted = new Uint32Array(numbers).sort()
  const ranges: { from: number; to: number }[] = []
  for (const number of sorted) {
    const last = ranges[ranges.length - 1]
    if (last !== undefined && number <= last.to + 1) last.to = Math.max(last.to, number)
    else if (ranges.length === rangesMax) break
    else ranges.push({ from: number, to: number })
  }
  return ranges
}

/** Such as `21-25,80,443`. */
export function portsText(ports: ArrayLike<number>): string {
  return rangesOf(ports)
    .map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
    .join(',')
}

/** The fewest IPv4 networks that hold exactly the addresses from `from` to `to` (both as unsigned numbers). */
export function networksOf({ from, to }: NumberRange): { readonly address: number; readonly bits: number }[] {
  const networks: { address: number; bits: number }[] = []
  let address = from
  while (address <= to) {
    let size = 1
    while (address % (size * 2) === 0 && address + size * 2 - 1 <= to && size < 2 ** 31) size *= 2
    networks.push({ address, bits: 32 - Math.log2(size) })
    address += size
  }
  return networks
}

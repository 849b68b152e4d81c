/** Counters by address, folded from entries by sorting them: exact, bounded by the entries, and without a hash. */

import { radixOrder } from '../net/radix-sort.ts'

/** Packets and bytes, sent and received. */
const COUNTERS = 4

/**
 * Entries are added first, each with an address and its four counters; `fold` then gives one row an address. IPv4
 * words are sorted; IPv6 numbers are dense, so they index their row.
 */
export class AddressFold {
  /** IPv4 words or IPv6 numbers, one a row, ascending as unsigned numbers. */
  addresses: Uint32Array = new Uint32Array(0)
  /** sent packets, sent bytes, received packets, received bytes of each row. */
  counters: Float64Array = new Float64Array(0)
  count = 0
  #keys: Uint32Array
  #entries: Float64Array
  #entryCount = 0

  constructor(entryCountMax: number) {
    this.#keys = new Uint32Array(entryCountMax)
    this.#entries = new Float64Array(entryCountMax * COUNTERS)
  }

  add(
    address: number,
    sentPackets: number,
    sentBytes: number,
    receivedPackets: number,
    receivedBytes: number,
  ): void {
    const entry = this.#entryCount++
    this.#keys[entry] = address
    const at = entry * COUNTERS
    this.#entries[at] = sentPackets
    this.#entries[at + 1] = sentBytes
    this.#entries[at + 2] = receivedPackets
    this.#entries[at + 3] = receivedBytes
  }

  /** Sum the entries by address. The entries are released. */
  fold(): this {
    const keys = this.#keys.subarray(0, this.#entryCount)
    const entries = this.#entries
    const order = radixOrder(keys)
    let count = 0
    for (let i = 0; i < order.length; i++) if (i === 0 || keys[order[i]!] !== keys[order[i - 1]!]) count++
    this.addresses = new Uint32Array(count)
    this.counters = new Float64Array(count * COUNTERS)
    let row = -1
    for (let i = 0; i < order.length; i++) {
      const entry = order[i]!
      if (row === -1 || this.addresses[row] !== keys[entry]) this.addresses[++row] = keys[entry]!
      const at = row * COUNTERS
      const from = entry * COUNTERS
      this.counters[at] = this.counters[at]! + entries[from]!
      this.counters[at + 1] = this.counters[at + 1]! + entries[from + 1]!
      this.counters[at + 2] = this.counters[at + 2]! + entries[from + 2]!
      this.counters[at + 3] = this.counters[at + 3]! + entries[from + 3]!
    }
    this.count = count
    this.#keys = new Uint32Array(0)
    this.#entries = new Float64Array(0)
    return this
  }

  /** Whether the address has a row. */
  has(address: number): boolean {
    return this.find(address) !== -1
  }

  /** Row of the address, -1 when it has none. */
  find(address: number): number {
    let low = 0
    let high = this.count
    const wanted = address >>> 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.addresses[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low < this.count && this.addresses[low] === wanted ? low : -1
  }
}

/** The addresses of the conversation records as small dense numbers, found by sorting: no hash, so none to attack. */

import { ascending, radixOrder, radixSort } from '../net/radix-sort.ts'
import { KeyBits, Row } from './conversation-row.ts'
import type { ConversationTable } from './conversation-table.ts'

const NONE = -1
const UNSET = -2

/**
 * Hosts 0 to count - 1 in the order in which records first name them, A before B, so that the numbers depend on the
 * order of records alone. IPv4 and IPv6 alike. Bounded by the conversation table's ceiling: 8 bytes a record and 5 a
 * host, and 32 a record while it is made.
 */
export class ConversationHosts {
  readonly count: number
  /** Host of address A and of address B of each record; -1 for an IPv6 address that the address table refused. */
  readonly a: Int32Array
  readonly b: Int32Array
  /** IPv4 word or IPv6 number of each host; `isIpv6` tells which. */
  readonly addressOf: Int32Array
  readonly isIpv6: Uint8Array
  #sorted: Uint32Array | null = null

  /** `ipv6Count`: numbers of the address table that the records were made with. */
  constructor(table: ConversationTable, ipv6Count: number) {
    this.a = new Int32Array(table.count)
    this.b = new Int32Array(table.count)
    // First the entry that names each host first, then, once all are known, its number: entry 2i is A of record i.
    const keys = this.#leadIpv6(table, ipv6Count)
    this.#leadIpv4(keys)
    this.count = this.#number()
    this.addressOf = new Int32Array(this.count)
    this.isIpv6 = new Uint8Array(this.count)
    this.#readAddresses(table)
  }

  /** Number of the host with this IPv4 word or IPv6 number, -1 when no record names it. The first call sorts. */
  find(isIpv6: boolean, address: number): number {
    this.#sorted ??= this.#sort()
    const wanted = address >>> 0
    const version = isIpv6 ? 1 : 0
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      const host = this.#sorted[middle]!
      const order = this.isIpv6[host]! - version || (this.addressOf[host]! >>> 0) - wanted
      if (order === 0) return host
      if (order < 0) low = middle + 1
      else high = middle
    }
    return -1
  }

  /** IPv6 numbers are dense and index their first entry. Returns the IPv4 words, an entry each. */
  #leadIpv6(table: ConversationTable, ipv6Count: number): Uint32Array {
    const firstOf = new Int32Array(ipv6Count).fill(UNSET)
    const lead = (number: number, entry: number): number => {
      if (number < 0 || number >= ipv6Count) return NONE
      if (firstOf[number] === UNSET) firstOf[number] = entry
      return firstOf[number]!
    }
    const keys = new Uint32Array(table.count * 2)
    for (let row = 0; row < table.count; row++) {
      const words = table.slab(row)
      const at = table.at(row)
      if ((words[at + Row.key]! & KeyBits.ipv6) === 0) {
        keys[row * 2] = words[at + Row.addressA]!
        keys[row * 2 + 1] = words[at + Row.addressB]!
        this.a[row] = UNSET
        this.b[row] = UNSET
      } else {
        this.a[row] = lead(words[at + Row.addressA]!, row * 2)
        this.b[row] = lead(words[at + Row.addressB]!, row * 2 + 1)
      }
    }
    return keys
  }

  /** Equal words lie side by side once sorted, the first entry first. `keys` is overwritten. */
  #leadIpv4(keys: Uint32Array): void {
    const sorted = radixSort(keys, ascending(keys.length))
    let leader = NONE
    let leaderKey = 0
    for (let i = 0; i < sorted.keys.length; i++) {
      const entry = sorted.values[i]!
      const side = (entry & 1) === 0 ? this.a : this.b
      if (side[entry >>> 1] !== UNSET) continue
      if (leader === NONE || leaderKey !== sorted.keys[i]) {
        leader = entry
        leaderKey = sorted.keys[i]!
      }
      side[entry >>> 1] = leader
    }
  }

  /** From leading entries to numbers: a leader comes before all that follow it. Returns how many there are. */
  #number(): number {
    const { a, b } = this
    let count = 0
    const numberOf = (leader: number, entry: number): number => {
      if (leader === NONE) return NONE
      if (leader === entry) return count++
      return (leader & 1) === 0 ? a[leader >>> 1]! : b[leader >>> 1]!
    }
    for (let row = 0; row < a.length; row++) {
      a[row] = numberOf(a[row]!, row * 2)
      b[row] = numberOf(b[row]!, row * 2 + 1)
    }
    return count
  }

  #readAddresses(table: ConversationTable): void {
    let known = 0
    for (let row = 0; row < table.count; row++) {
      if (this.a[row]! < known && this.b[row]! < known) continue
      const words = table.slab(row)
      const at = table.at(row)
      const version = (words[at + Row.key]! & KeyBits.ipv6) === 0 ? 0 : 1
      if (this.a[row] === known) {
        this.addressOf[known] = words[at + Row.addressA]!
        this.isIpv6[known++] = version
      }
      if (this.b[row] === known) {
        this.addressOf[known] = words[at + Row.addressB]!
        this.isIpv6[known++] = version
      }
    }
  }

  /** Hosts by version, then address. */
  #sort(): Uint32Array {
    const byAddress = radixOrder(new Uint32Array(this.addressOf))
    return this.isIpv6.includes(1) ? radixOrder(new Uint32Array(this.isIpv6), byAddress) : byAddress
  }
}

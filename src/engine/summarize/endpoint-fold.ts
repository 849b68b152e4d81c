/** Packets and bytes by host, folded from the conversations and from what went past their ceiling. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { countAt } from '../aggregate/conversation-counts.ts'
import type { ConversationHosts } from '../aggregate/conversation-hosts.ts'
import { KeyBits, Row } from '../aggregate/conversation-row.ts'
import type { ConversationTable } from '../aggregate/conversation-table.ts'
import type { UnlistedTraffic } from '../aggregate/unlisted-traffic.ts'
import { FlowRole } from '../decode/flow-batch.ts'

/** Packets and bytes, sent and received. */
const COUNTERS = 4

/** Where a host was seen, if not inside the tunnel whose protocol number stands there. */
const OUTSIDE = 0
const NOWHERE = -1

/**
 * Rows 0 to count - 1: the hosts by their numbers, then addresses that only unlisted traffic names. An address counts
 * what it sent outside of tunnels; one that is seen only inside them counts what it sent there. Some rows are of hosts
 * without any packet: `isListed` tells. Bounded as the conversations are, 34 bytes a row.
 */
export class EndpointFold {
  readonly count: number
  readonly #hosts: ConversationHosts
  readonly #counters: Float64Array
  readonly #place: Int16Array
  /** Addresses and versions of the rows past the hosts. */
  readonly #others: Int32Array

  constructor({ hosts, conversations }: Aggregates) {
    const { table, unlisted } = conversations
    this.#hosts = hosts
    const rowOf = this.#unlistedRows(unlisted)
    this.#others = new Int32Array(2 * rowOf.filter((row) => row >= hosts.count).length)
    this.count = hosts.count + this.#others.length / 2
    this.#counters = new Float64Array(this.count * COUNTERS)
    this.#place = new Int16Array(this.count).fill(NOWHERE)
    this.#addUnlisted(unlisted, rowOf)
    if (this.#addConversations(table, true)) this.#addConversations(table, false)
  }

  isListed(row: number): boolean {
    return this.#place[row] !== NOWHERE
  }

  /** Protocol number of the tunnel the address was first seen in, 0 when it was seen outside. */
  tunnel(row: number): number {
    return this.#place[row]!
  }

  version(row: number): 4 | 6 {
    const { count, isIpv6 } = this.#hosts
    return (row < count ? isIpv6[row] : this.#others[(row - count) * 2 + 1]) === 0 ? 4 : 6
  }

  /** IPv4 word or IPv6 number. */
  address(row: number): number {
    const { count, addressOf } = this.#hosts
    return row < count ? addressOf[row]! : this.#others[(row - count) * 2]!
  }

  sentPackets(row: number): number {
    return this.#counters[row * COUNTERS]!
  }
  sentBytes(row: number): number {
    return this.#counters[row * COUNTERS + 1]!
  }
  receivedPackets(row: number): number {
    return this.#counters[row * COUNTERS + 2]!
  }
  receivedBytes(row: number): number {
    return this.#counters[row * COUNTERS + 3]!
  }

  /** Row of each counter outside of tunnels in the unlisted traffic, -1 for those inside. */
  #unlistedRows({ addresses }: UnlistedTraffic): Int32Array {
    const rowOf = new Int32Array(addresses.count).fill(-1)
    let next = this.#hosts.count
    for (let i = 0; i < addresses.count; i++) {
      if (addresses.keys[i * 3 + 2] !== 0) continue
      const host = this.#hosts.find(addresses.keys[i * 3] === 6, addresses.keys[i * 3 + 1]!)
      rowOf[i] = host === -1 ? next++ : host
    }
    return rowOf
  }

  #addUnlisted({ addresses }: UnlistedTraffic, rowOf: Int32Array): void {
    const { keys, counters } = addresses
    for (let i = 0; i < rowOf.length; i++) {
      const row = rowOf[i]!
      if (row === -1) continue
      const other = (row - this.#hosts.count) * 2
      if (other >= 0) {
        this.#others[other] = keys[i * 3 + 1]!
        this.#others[other + 1] = keys[i * 3] === 6 ? 1 : 0
      }
      this.#place[row] = OUTSIDE
      const at = i * COUNTERS
      this.#add(row, counters[at]!, counters[at + 1]!, counters[at + 2]!, counters[at + 3]!)
    }
  }

  /** What travelled outside of tunnels, or else inside by hosts that were never seen outside. True when it left the others out. */
  #addConversations(table: ConversationTable, isOutside: boolean): boolean {
    const { a, b } = this.#hosts
    let hasOthers = false
    for (let row = 0; row < table.count; row++) {
      const words = table.slab(row)
      const at = table.at(row)
      const key = words[at + Row.key]!
      const tunnel = (key >>> KeyBits.tunnelShift) & KeyBits.tunnelMask
      if ((tunnel === 0) !== isOutside) {
        hasOthers = true
        continue
      }
      if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) > FlowRole.quoted) continue
      const packetsA = countAt(words, at + Row.packetsFromA)
      const packetsB = countAt(words, at + Row.packetsFromB)
      if (packetsA + packetsB === 0) continue
      const doubles = table.doublesOf(row)
      const bytesA = doubles[(at + Row.bytesFromA) >> 1]!
      const bytesB = doubles[(at + Row.bytesFromB) >> 1]!
      this.#addSeen(a[row]!, tunnel, packetsA, bytesA, packetsB, bytesB)
      this.#addSeen(b[row]!, tunnel, packetsB, bytesB, packetsA, bytesA)
    }
    return hasOthers
  }

  #addSeen(
    host: number,
    tunnel: number,
    sentPackets: number,
    sentBytes: number,
    receivedPackets: number,
    receivedBytes: number,
  ): void {
    // An IPv6 address that the address table refused: it is counted there.
    if (host === -1) return
    const place = this.#place[host]!
    if (tunnel !== 0 && place === OUTSIDE) return
    if (place === NOWHERE) this.#place[host] = tunnel
    this.#add(host, sentPackets, sentBytes, receivedPackets, receivedBytes)
  }

  #add(
    row: number,
    sentPackets: number,
    sentBytes: number,
    receivedPackets: number,
    receivedBytes: number,
  ): void {
    const c = this.#counters
    const at = row * COUNTERS
    c[at] = c[at]! + sentPackets
    c[at + 1] = c[at + 1]! + sentBytes
    c[at + 2] = c[at + 2]! + receivedPackets
    c[at + 3] = c[at + 3]! + receivedBytes
  }
}

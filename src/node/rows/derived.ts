/** Endpoints and services added up again from the conversations that pass a filter. */

import type { EndpointRow, ServiceRow } from '../../engine/summarize/capture-summary.ts'
import { type ColumnTable, GrowingPool, type TextColumn } from './columns.ts'
import type { ConversationColumns } from './conversations.ts'
import { sortedRows } from './sort.ts'

const COUNTS_PER_ADDRESS = 4
const counted = ['sentPacketCount', 'sentByteCount', 'receivedPacketCount', 'receivedByteCount'] as const

/** One row an address that takes part in any of `rows`, most bytes first. Counts are of those conversations only. */
export function endpointsOf(conversations: ConversationColumns, rows: Uint32Array): ColumnTable<EndpointRow> {
  const originators = conversations.texts('originator')!.ids
  const responders = conversations.texts('responder')!.ids
  const number = (name: string) => conversations.numbers(name)!
  const [outPackets, outBytes] = [number('originatorPacketCount'), number('originatorByteCount')]
  const [backPackets, backBytes] = [number('responderPacketCount'), number('responderByteCount')]

  const addressCount = conversations.addresses.size
  const counts = new Float64Array(addressCount * COUNTS_PER_ADDRESS)
  const isSeen = new Uint8Array(addressCount)
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const [originator, responder] = [originators[row]!, responders[row]!]
    const from = originator * COUNTS_PER_ADDRESS
    isSeen[originator] = isSeen[responder] = 1
    counts[from]! += outPackets[row]!
    counts[from + 1]! += outBytes[row]!
    counts[from + 2]! += backPackets[row]!
    counts[from + 3]! += backBytes[row]!
    // An address that talks to itself would otherwise count its packets twice.
    if (responder === originator) continue
    const to = responder * COUNTS_PER_ADDRESS
    counts[to]! += backPackets[row]!
    counts[to + 1]! += backBytes[row]!
    counts[to + 2]! += outPackets[row]!
    counts[to + 3]! += outBytes[row]!
  }
  return new DerivedEndpoints(conversations, counts, seenByBytes(isSeen, counts))
}

/** Ids of the addresses that were seen, most bytes first. */
function seenByBytes(isSeen: Uint8Array, counts: Float64Array): Uint32Array {
  const ids = new Uint32Array(isSeen.length)
  const bytes = new Float64Array(isSeen.length)
  let count = 0
  // Id 0 is the missing value.
  for (let id = 1; id < isSeen.length; id++) {
    if (isSeen[id] === 0) continue
    bytes[id] = counts[COUNTS_PER_ADDRESS * id + 1]! + counts[COUNTS_PER_ADDRESS * id + 3]!
    ids[count++] = id
  }
  return sortedRows(ids.subarray(0, count), bytes, true)
}

class DerivedEndpoints implements ColumnTable<EndpointRow> {
  readonly rowCount: number
  readonly textColumns = ['address', 'tunnel']
  // Every packet has two ends: sums of packets or bytes of all endpoints would count it twice.
  readonly summedColumns = counted
  readonly #addresses: TextColumn
  readonly #tunnels: TextColumn
  readonly #counts: Float64Array

  constructor(conversations: ConversationColumns, counts: Float64Array, ids: Uint32Array) {
    this.rowCount = ids.length
    this.#addresses = { ids, pool: conversations.addresses }
    this.#tunnels = { ids: new Uint32Array(ids.length), pool: new GrowingPool() }
    this.#counts = counts
  }

  row(index: number): EndpointRow {
    const { ids, pool } = this.#addresses
    const [sentPackets, sentBytes, receivedPackets, receivedBytes] = [0, 1, 2, 3].map((which) =>
      this.#count(index, which),
    ) as [number, number, number, number]
    return {
      address: pool.text(ids[index]!),
      packetCount: sentPackets + receivedPackets,
      byteCount: sentBytes + receivedBytes,
      sentPacketCount: sentPackets,
      sentByteCount: sentBytes,
      receivedPacketCount: receivedPackets,
      receivedByteCount: receivedBytes,
      tunnel: null,
    }
  }

  numbers(column: string): Float64Array | null {
    const parts =
      column === 'packetCount' ? [0, 2] : column === 'byteCount' ? [1, 3] : [counted.indexOf(column as never)]
    if (parts[0] === -1) return null
    const values = new Float64Array(this.rowCount)
    for (let row = 0; row < values.length; row++) {
      for (const part of parts) values[row]! += this.#count(row, part)
    }
    return values
  }

  texts(column: string): TextColumn | null {
    if (column === 'address') return this.#addresses
    return column === 'tunnel' ? this.#tunnels : null
  }

  #count(row: number, which: number): number {
    return this.#counts[COUNTS_PER_ADDRESS * this.#addresses.ids[row]! + which]!
  }
}

/** One row a transport and responder's port among `rows`, most bytes first. `nameOf` gives the service's name. */
export function servicesOf(
  conversations: ConversationColumns,
  rows: Uint32Array,
  nameOf: (protocol: string, port: number) => string | null,
): ServiceRow[] {
  const protocols = conversations.texts('protocol')!
  const ports = conversations.numbers('responderPort')!
  const packets = conversations.numbers('packetCount')!
  const bytes = conversations.numbers('byteCount')!
  const slots = new Map<number, { conversations: number; packets: number; bytes: number }>()
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const port = ports[row]!
    if (Number.isNaN(port)) continue
    // At most a few protocols times 65,536 ports, whatever the capture says.
    const key = protocols.ids[row]! * 65536 + port
    let slot = slots.get(key)
    if (slot === undefined) slots.set(key, (slot = { conversations: 0, packets: 0, bytes: 0 }))
    slot.conversations++
    slot.packets += packets[row]!
    slot.bytes += bytes[row]!
  }
  const services = [...slots].map(([key, slot]) => {
    const port = key % 65536
    const protocol = protocols.pool.text(Math.floor(key / 65536))
    return {
      protocol,
      port,
      name: nameOf(protocol, port),
      conversationCount: slot.conversations,
      packetCount: slot.packets,
      byteCount: slot.bytes,
    }
  })
  return services.sort(
    (one, other) =>
      other.byteCount - one.byteCount || one.port - other.port || (one.protocol < other.protocol ? -1 : 1),
  )
}

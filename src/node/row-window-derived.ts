/** Endpoints and services added up again from the conversations that pass a filter. */

import type { EndpointRow, ServiceRow } from '../engine/summarize/capture-summary.ts'
import type { ConversationColumns } from './row-window-conversations.ts'
import { rowNumbers, sortedRows } from './row-window-sort.ts'

/** One row an address that takes part in any of `rows`, most bytes first. Counts are of those conversations only. */
export function endpointsOf(columns: ConversationColumns, rows: Uint32Array): EndpointRow[] {
  const originators = columns.texts('originator')!.ids
  const responders = columns.texts('responder')!.ids
  const number = (name: string) => columns.numbers(name)!
  const [outPackets, outBytes] = [number('originatorPacketCount'), number('originatorByteCount')]
  const [backPackets, backBytes] = [number('responderPacketCount'), number('responderByteCount')]

  const addressCount = columns.addresses.size
  const sums = { sentPackets: 0, sentBytes: 1, receivedPackets: 2, receivedBytes: 3 }
  const counts = new Float64Array(addressCount * 4)
  const isSeen = new Uint8Array(addressCount)
  const add = (
    id: number,
    sentPackets: number,
    sentBytes: number,
    receivedPackets: number,
    receivedBytes: number,
  ) => {
    isSeen[id] = 1
    counts[4 * id + sums.sentPackets]! += sentPackets
    counts[4 * id + sums.sentBytes]! += sentBytes
    counts[4 * id + sums.receivedPackets]! += receivedPackets
    counts[4 * id + sums.receivedBytes]! += receivedBytes
  }
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const [originator, responder] = [originators[row]!, responders[row]!]
    add(originator, outPackets[row]!, outBytes[row]!, backPackets[row]!, backBytes[row]!)
    // An address that talks to itself would otherwise count its packets twice.
    if (responder !== originator)
      add(responder, backPackets[row]!, backBytes[row]!, outPackets[row]!, outBytes[row]!)
  }

  const byteKeys = new Float64Array(addressCount)
  for (let id = 0; id < addressCount; id++) byteKeys[id] = counts[4 * id + 1]! + counts[4 * id + 3]!
  const endpoints: EndpointRow[] = []
  for (const id of sortedRows(rowNumbers(addressCount), byteKeys, true)) {
    if (isSeen[id] === 0 || id === 0) continue
    const sum = (which: number) => counts[4 * id + which]!
    endpoints.push({
      address: columns.addresses.text(id),
      packetCount: sum(0) + sum(2),
      byteCount: sum(1) + sum(3),
      sentPacketCount: sum(0),
      sentByteCount: sum(1),
      receivedPacketCount: sum(2),
      receivedByteCount: sum(3),
      tunnel: null,
    })
  }
  return endpoints
}

/** One row a transport and responder's port among `rows`, most bytes first. `nameOf` gives the service's name. */
export function servicesOf(
  columns: ConversationColumns,
  rows: Uint32Array,
  nameOf: (protocol: string, port: number) => string | null,
): ServiceRow[] {
  const protocols = columns.texts('protocol')!
  const ports = columns.numbers('responderPort')!
  const packets = columns.numbers('packetCount')!
  const bytes = columns.numbers('byteCount')!
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

/** Endpoints and pairs, folded from the conversations: no packet is counted twice for them. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { CounterTable } from '../aggregate/counter-table.ts'
import { addressText, ConversationView } from '../aggregate/conversation-view.ts'
import { Row } from '../aggregate/conversation-row.ts'
import { UNLISTED_ADDRESS_COUNT_MAX } from '../aggregate/unlisted-traffic.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { CaptureSummary, EndpointRow } from './capture-summary.ts'
import { isListed } from './conversation-rows.ts'
import { topRows } from './top-rows.ts'

const TCP = 6
const UDP = 17

/** Endpoints and pairs kept apart in the fold: as many as conversations allow, plus the unlisted addresses. */
const FOLD_COUNT_MAX = (1 << 23) + UNLISTED_ADDRESS_COUNT_MAX

export interface EndpointFold {
  readonly rows: EndpointRow[]
  readonly count: number
  readonly pairCounts: CaptureSummary['pairCounts']
}

/** One row an IP address, by bytes; an address seen only inside tunnels names the tunnel instead of joining totals. */
export function foldEndpoints(aggregates: Aggregates, limit: number | null): EndpointFold {
  const { table, unlisted } = aggregates.conversations
  const view = new ConversationView(table, aggregates.addresses)
  // Key: version, address, tunnel. Counters: sent packets and bytes, received packets and bytes.
  const endpoints = new CounterTable(aggregates.hash, FOLD_COUNT_MAX)
  const pairs = new CounterTable(aggregates.hash, FOLD_COUNT_MAX)
  const pairCounts = { ipv4: 0, ipv6: 0, tcp: 0, udp: 0 }

  for (let row = 0; row < table.count; row++) {
    if (!isListed(view.go(row))) continue
    const { version, tunnel } = view
    const a = view.word(Row.addressA)
    const b = view.word(Row.addressB)
    const [packetsA, packetsB] = [view.word(Row.packetsFromA) >>> 0, view.word(Row.packetsFromB) >>> 0]
    const [bytesA, bytesB] = [view.double(Row.bytesFromA), view.double(Row.bytesFromB)]
    endpoints.add(version, a, tunnel, packetsA, bytesA, packetsB, bytesB)
    endpoints.add(version, b, tunnel, packetsB, bytesB, packetsA, bytesA)
    if (tunnel !== 0) continue
    pairs.rowOf(version, a, b)
    if (!view.hasPorts || hasEarlierPackets(view, row)) continue
    if (view.ipProtocol === TCP) pairCounts.tcp++
    else if (view.ipProtocol === UDP) pairCounts.udp++
  }
  for (let i = 0; i < pairs.count; i++) {
    if (pairs.keys[i * 3] === 4) pairCounts.ipv4++
    else pairCounts.ipv6++
  }
  const extra = unlisted.addresses
  for (let i = 0; i < extra.count; i++) {
    const c = extra.counters.subarray(i * 4, i * 4 + 4)
    if (extra.keys[i * 3 + 2] !== 0) continue
    endpoints.add(extra.keys[i * 3]!, extra.keys[i * 3 + 1]!, 0, c[0]!, c[1]!, c[2]!, c[3]!)
  }
  return { ...listEndpoints(aggregates, endpoints, limit), pairCounts }
}

/** Whether an earlier conversation of the same addresses and ports counts already. Leaves the view on `row`. */
function hasEarlierPackets(view: ConversationView, row: number): boolean {
  for (let at = view.word(Row.previous) - 1; at >= 0; at = view.go(at).word(Row.previous) - 1) {
    if (view.go(at).packetCount > 0) {
      view.go(row)
      return true
    }
  }
  view.go(row)
  return false
}

function listEndpoints(
  aggregates: Aggregates,
  endpoints: CounterTable,
  limit: number | null,
): { readonly rows: EndpointRow[]; readonly count: number } {
  const { keys, counters } = endpoints
  // Tunnelled traffic of an address that is also seen outside is not listed a second time.
  const isShown = (i: number): boolean =>
    keys[i * 3 + 2] === 0 || !has(endpoints, keys[i * 3]!, keys[i * 3 + 1]!, i)
  let count = 0
  const shown = new Uint8Array(endpoints.count)
  for (let i = 0; i < shown.length; i++) {
    shown[i] = isShown(i) ? 1 : 0
    count += shown[i]!
  }
  const bytes = (i: number): number => counters[i * 4 + 1]! + counters[i * 4 + 3]!
  const packets = (i: number): number => counters[i * 4]! + counters[i * 4 + 2]!
  const words = aggregates.addresses.words
  const compareAddress = (x: number, y: number): number => {
    const version = keys[x * 3]! - keys[y * 3]!
    if (version !== 0) return version
    const [p, q] = [keys[x * 3 + 1]!, keys[y * 3 + 1]!]
    if (keys[x * 3] === 4) return (p >>> 0) - (q >>> 0)
    for (let w = 0; w < 4; w++) {
      const difference = (words[p * 4 + w]! >>> 0) - (words[q * 4 + w]! >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  const compare = (x: number, y: number): number =>
    bytes(y) - bytes(x) ||
    packets(y) - packets(x) ||
    compareAddress(x, y) ||
    keys[x * 3 + 2]! - keys[y * 3 + 2]!
  const listed = topRows(endpoints.count, limit, (i) => shown[i] === 1, compare)
  const rows = Array.from(listed, (i): EndpointRow => {
    const c = counters.subarray(i * 4, i * 4 + 4)
    const tunnel = keys[i * 3 + 2]!
    return {
      address: addressText(keys[i * 3]!, keys[i * 3 + 1]!, aggregates.addresses),
      packetCount: c[0]! + c[2]!,
      byteCount: c[1]! + c[3]!,
      sentPacketCount: c[0]!,
      sentByteCount: c[1]!,
      receivedPacketCount: c[2]!,
      receivedByteCount: c[3]!,
      tunnel: tunnel === 0 ? null : PROTOCOL_NAMES[tunnel]!,
    }
  })
  return { rows, count }
}

/** Whether the address has a row outside tunnels, or, inside, one that stands before `row`. */
function has(endpoints: CounterTable, version: number, address: number, row: number): boolean {
  const outside = endpoints.find(version, address, 0)
  if (outside !== -1) return true
  for (let tunnel = 1; tunnel < PROTOCOL_NAMES.length; tunnel++) {
    const other = endpoints.find(version, address, tunnel)
    if (other !== -1 && other < row) return true
  }
  return false
}

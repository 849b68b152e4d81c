/** Endpoints, folded from the conversations: no packet is counted twice for them. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { addressText, ConversationView } from '../aggregate/conversation-view.ts'
import { Row } from '../aggregate/conversation-row.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { EndpointRow } from './capture-summary.ts'
import { AddressFold } from './address-fold.ts'
import { isListed } from './conversation-rows.ts'
import { topRows } from './top-rows.ts'

/** One row an IP address, by bytes; an address seen only inside tunnels names the tunnel instead of joining totals. */
export function endpointRows(
  aggregates: Aggregates,
  limit: number | null,
): { readonly rows: EndpointRow[]; readonly count: number } {
  const view = new ConversationView(aggregates.conversations.table, aggregates.addresses)
  const lists = [4, 6].flatMap((version) => {
    const outer = foldOuter(aggregates, view, version)
    const inner = foldInner(view, version, outer)
    return [
      { version, fold: outer, tunnels: null },
      { version, fold: inner, tunnels: tunnelsOf(view, version, inner) },
    ]
  })
  const count = lists.reduce((sum, { fold }) => sum + fold.count, 0)
  const candidates = lists.flatMap((list) => topOf(list.fold, limit).map((row) => candidateOf(list, row)))
  // Within a list ties are in order of address already, and a stable sort keeps that.
  candidates.sort((x, y) => y.byteCount - x.byteCount || y.packetCount - x.packetCount)
  const listed = limit === null ? candidates : candidates.slice(0, limit)
  return {
    rows: listed.map(({ version, address, tunnel, ...counts }) => ({
      address: addressText(version, address | 0, aggregates.addresses),
      ...counts,
      tunnel: tunnel === 0 ? null : PROTOCOL_NAMES[tunnel]!,
    })),
    count,
  }
}

interface EndpointList {
  readonly version: number
  readonly fold: AddressFold
  /** Of inner addresses, the tunnel of each row; null for outer ones. */
  readonly tunnels: Uint8Array | null
}

function foldOuter(aggregates: Aggregates, view: ConversationView, version: number): AddressFold {
  const { table, unlisted } = aggregates.conversations
  const fold = new AddressFold(countEntries(view, version, false) + unlisted.addresses.count)
  for (let row = 0; row < table.count; row++) {
    if (isListed(view.go(row)) && view.version === version && view.tunnel === 0) addBoth(fold, view)
  }
  const { keys, counters, count } = unlisted.addresses
  for (let i = 0; i < count; i++) {
    if (keys[i * 3] !== version || keys[i * 3 + 2] !== 0) continue
    const at = i * 4
    fold.add(keys[i * 3 + 1]!, counters[at]!, counters[at + 1]!, counters[at + 2]!, counters[at + 3]!)
  }
  return fold.fold()
}

/** Addresses inside tunnels that have no row outside: those that have are not listed a second time. */
function foldInner(view: ConversationView, version: number, outer: AddressFold): AddressFold {
  const fold = new AddressFold(countEntries(view, version, true))
  for (let row = 0; row < view.table.count; row++) {
    if (!isListed(view.go(row)) || view.version !== version || view.tunnel === 0) continue
    const [a, b] = [view.word(Row.addressA), view.word(Row.addressB)]
    const [packetsA, packetsB] = [view.word(Row.packetsFromA) >>> 0, view.word(Row.packetsFromB) >>> 0]
    const [bytesA, bytesB] = [view.double(Row.bytesFromA), view.double(Row.bytesFromB)]
    if (!outer.has(a)) fold.add(a, packetsA, bytesA, packetsB, bytesB)
    if (!outer.has(b)) fold.add(b, packetsB, bytesB, packetsA, bytesA)
  }
  return fold.fold()
}

function countEntries(view: ConversationView, version: number, isInner: boolean): number {
  let count = 0
  for (let row = 0; row < view.table.count; row++) {
    if (isListed(view.go(row)) && view.version === version && (view.tunnel !== 0) === isInner) count += 2
  }
  return count
}

function addBoth(fold: AddressFold, view: ConversationView): void {
  const [packetsA, packetsB] = [view.word(Row.packetsFromA) >>> 0, view.word(Row.packetsFromB) >>> 0]
  const [bytesA, bytesB] = [view.double(Row.bytesFromA), view.double(Row.bytesFromB)]
  fold.add(view.word(Row.addressA), packetsA, bytesA, packetsB, bytesB)
  fold.add(view.word(Row.addressB), packetsB, bytesB, packetsA, bytesA)
}

/** Rows of the fold by bytes, then packets, then address. IPv6 numbers are in order of appearance, which is the capture's own. */
function topOf(fold: AddressFold, limit: number | null): number[] {
  const c = fold.counters
  return Array.from(
    topRows(
      fold.count,
      limit,
      () => true,
      (x, y) =>
        c[y * 4 + 1]! + c[y * 4 + 3]! - c[x * 4 + 1]! - c[x * 4 + 3]! ||
        c[y * 4]! + c[y * 4 + 2]! - c[x * 4]! - c[x * 4 + 2]! ||
        x - y,
    ),
  )
}

function candidateOf({ version, fold, tunnels }: EndpointList, row: number) {
  const [sentPacketCount, sentByteCount, receivedPacketCount, receivedByteCount] = fold.counters.subarray(
    row * 4,
    row * 4 + 4,
  ) as unknown as readonly [number, number, number, number]
  return {
    version,
    tunnel: tunnels === null ? 0 : tunnels[row]!,
    address: fold.addresses[row]!,
    packetCount: sentPacketCount + receivedPacketCount,
    byteCount: sentByteCount + receivedByteCount,
    sentPacketCount,
    sentByteCount,
    receivedPacketCount,
    receivedByteCount,
  }
}

/** The first tunnel each inner address was seen in, by row of the fold. */
function tunnelsOf(view: ConversationView, version: number, inner: AddressFold): Uint8Array {
  const tunnels = new Uint8Array(inner.count)
  if (inner.count === 0) return tunnels
  for (let row = 0; row < view.table.count; row++) {
    if (!isListed(view.go(row)) || view.version !== version || view.tunnel === 0) continue
    for (const address of [view.word(Row.addressA), view.word(Row.addressB)]) {
      const at = inner.find(address)
      if (at !== -1 && tunnels[at] === 0) tunnels[at] = view.tunnel
    }
  }
  return tunnels
}

/** Endpoints, folded from the conversations: no packet is counted twice for them. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { addressText } from '../aggregate/conversation-view.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import type { EndpointRow } from './capture-summary.ts'
import { EndpointFold } from './endpoint-fold.ts'
import { topRows } from './top-rows.ts'

/** One row an IP address, by bytes; an address seen only inside tunnels names the tunnel instead of joining totals. */
export function endpointRows(
  aggregates: Aggregates,
  limit: number | null,
): { readonly rows: EndpointRow[]; readonly count: number } {
  const fold = new EndpointFold(aggregates)
  const { listed, count } = largest(fold, limit)
  return { rows: Array.from(rowsOf(aggregates, fold, listed)), count }
}

/** The rows of `endpointRows` one after the other, for lists that are longer than memory is wide. */
export function eachEndpointRow(aggregates: Aggregates, limit: number | null): Iterable<EndpointRow> {
  const fold = new EndpointFold(aggregates)
  return rowsOf(aggregates, fold, largest(fold, limit).listed)
}

function* rowsOf(
  aggregates: Aggregates,
  fold: EndpointFold,
  rows: Int32Array,
): Generator<EndpointRow, void, undefined> {
  for (const row of rows) yield endpointRow(aggregates, fold, row)
}

/** Rows of the first `limit` endpoints in order, and how many endpoints there are. */
function largest(
  fold: EndpointFold,
  limit: number | null,
): { readonly listed: Int32Array; readonly count: number } {
  let count = 0
  for (let row = 0; row < fold.count; row++) if (fold.isListed(row)) count++
  const listed = topRows(
    fold.count,
    limit,
    (row) => fold.isListed(row),
    (x, y) => bytesOf(fold, y) - bytesOf(fold, x) || compareTies(fold, x, y),
  )
  return { listed, count }
}

/** By packets, then outer IPv4, inner IPv4, outer IPv6, inner IPv6, each by address; IPv6 numbers are in order of appearance. */
function compareTies(fold: EndpointFold, x: number, y: number): number {
  return (
    packetsOf(fold, y) - packetsOf(fold, x) ||
    fold.version(x) - fold.version(y) ||
    Number(fold.tunnel(x) !== 0) - Number(fold.tunnel(y) !== 0) ||
    (fold.address(x) >>> 0) - (fold.address(y) >>> 0)
  )
}

function bytesOf(fold: EndpointFold, row: number): number {
  return fold.sentBytes(row) + fold.receivedBytes(row)
}

function packetsOf(fold: EndpointFold, row: number): number {
  return fold.sentPackets(row) + fold.receivedPackets(row)
}

function endpointRow({ addresses }: Aggregates, fold: EndpointFold, row: number): EndpointRow {
  const tunnel = fold.tunnel(row)
  const [sentPacketCount, sentByteCount] = [fold.sentPackets(row), fold.sentBytes(row)]
  const [receivedPacketCount, receivedByteCount] = [fold.receivedPackets(row), fold.receivedBytes(row)]
  return {
    address: addressText(fold.version(row), fold.address(row), addresses),
    packetCount: sentPacketCount + receivedPacketCount,
    byteCount: sentByteCount + receivedByteCount,
    sentPacketCount,
    sentByteCount,
    receivedPacketCount,
    receivedByteCount,
    tunnel: tunnel === 0 ? null : PROTOCOL_NAMES[tunnel]!,
  }
}

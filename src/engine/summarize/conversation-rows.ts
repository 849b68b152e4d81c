/** Conversations as rows: the longest first. */

import type { Aggregates } from '../aggregate/aggregates.ts'
import { BASIS_NAMES } from '../aggregate/application-basis.ts'
import { ConversationView } from '../aggregate/conversation-view.ts'
import { ipProtocolName } from '../aggregate/ip-protocol-name.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import { secondsBetween, timestampText } from '../net/packed-time.ts'
import type { ConversationRow } from './capture-summary.ts'
import { topRows } from './top-rows.ts'

/** The first `limit` conversations by bytes (ties: by first frame, then by table order), and how many there are. */
export function conversationRows(
  aggregates: Aggregates,
  limit: number | null,
): { readonly rows: ConversationRow[]; readonly count: number } {
  const { listed, count } = longest(aggregates, limit)
  return { rows: Array.from(rowsOf(aggregates, listed)), count }
}

/** The rows of `conversationRows` one after the other, for lists that are longer than memory is wide. */
export function eachConversationRow(aggregates: Aggregates, limit: number | null): Iterable<ConversationRow> {
  return rowsOf(aggregates, longest(aggregates, limit).listed)
}

function* rowsOf(aggregates: Aggregates, records: Int32Array): Generator<ConversationRow, void, undefined> {
  const view = new ConversationView(aggregates.conversations.table, aggregates.addresses)
  const hasTime = aggregates.totals.earliest() !== null
  for (const record of records) yield conversationRow(view.go(record), hasTime)
}

/** Records of the first `limit` conversations in order, and how many conversations there are. */
function longest(
  aggregates: Aggregates,
  limit: number | null,
): { readonly listed: Int32Array; readonly count: number } {
  const { table } = aggregates.conversations
  const view = new ConversationView(table, aggregates.addresses)
  const bytes = new Float64Array(table.count)
  const firstFrame = new Float64Array(table.count)
  let count = 0
  for (let row = 0; row < table.count; row++) {
    view.go(row)
    if (!isListed(view)) {
      bytes[row] = -1
      continue
    }
    count++
    bytes[row] = view.byteCount
    firstFrame[row] = view.firstFrame
  }
  const compare = (x: number, y: number): number =>
    bytes[y]! - bytes[x]! || firstFrame[x]! - firstFrame[y]! || x - y
  return { listed: topRows(table.count, limit, (row) => bytes[row]! >= 0, compare), count }
}

/** Whether a record is a conversation of the summary: traffic that travelled, not ARP, not evidence alone. */
export function isListed(view: ConversationView): boolean {
  return view.role <= FlowRole.quoted && view.packetCount > 0
}

/** One record as a row of the summary. */
export function conversationRow(view: ConversationView, hasTime: boolean): ConversationRow {
  const application = view.application
  const { firstSeconds, firstNanoseconds } = view
  return {
    protocol: ipProtocolName(view.ipProtocol),
    originator: {
      address: view.addressText(view.originatorAddress),
      port: view.hasPorts ? view.originatorPort : null,
    },
    responder: {
      address: view.addressText(view.responderAddress),
      port: view.hasPorts ? view.responderPort : null,
    },
    packetCount: view.packetCount,
    byteCount: view.byteCount,
    originatorPacketCount: view.originatorPacketCount,
    originatorByteCount: view.originatorByteCount,
    responderPacketCount: view.responderPacketCount,
    responderByteCount: view.responderByteCount,
    firstTimestamp: hasTime ? timestampText(firstSeconds, firstNanoseconds) : null,
    durationSeconds: secondsBetween(firstSeconds, firstNanoseconds, view.lastSeconds, view.lastNanoseconds),
    state: view.state,
    application: application === 0 ? null : PROTOCOL_NAMES[application]!,
    applicationBasis: application === 0 ? null : BASIS_NAMES[view.applicationBasis]!,
    tunnel: view.tunnelName,
    firstFrame: view.firstFrame,
  }
}

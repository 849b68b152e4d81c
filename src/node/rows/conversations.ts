/** The table of conversations: the one that may hold a million rows, and the one every traffic filter is held against. */

import type { FilterChip, TrafficFilter } from '../../contract/index.ts'
import type { ConversationRow, TimestampText } from '../../engine/summarize/capture-summary.ts'
import { addressFlags, portFlags, wordFlags } from './chips.ts'
import { type ColumnTable, columnTable, GrowingPool, type TextPool } from './columns.ts'
import { keepFlagged, keepFlaggedEither, type RowMask } from './mask.ts'
import { secondsSince } from './time.ts'
import type { FilterableTable } from './view.ts'

export interface ConversationColumns extends ColumnTable<ConversationRow> {
  /** Addresses of both sides share one pool. */
  readonly addresses: TextPool
}

/** Whichever way the columns are made. */
export const SUMMED_CONVERSATION_COLUMNS = [
  'packetCount',
  'byteCount',
  'originatorPacketCount',
  'originatorByteCount',
  'responderPacketCount',
  'responderByteCount',
]

/** Columns over the summary's rows. Times are seconds since `firstTimestamp`. */
export function conversationColumns(
  rows: readonly ConversationRow[],
  firstTimestamp: TimestampText,
): ConversationColumns {
  const addresses = new GrowingPool()
  const since = secondsSince(firstTimestamp)
  const word = (of: (row: ConversationRow) => string | null) => ({ pool: new GrowingPool(), of })
  const table = columnTable(rows, {
    texts: {
      protocol: word((row) => row.protocol),
      originator: { pool: addresses, of: (row) => row.originator.address },
      responder: { pool: addresses, of: (row) => row.responder.address },
      state: word((row) => row.state),
      application: word((row) => row.application),
      tunnel: word((row) => row.tunnel),
    },
    numbers: {
      originatorPort: (row) => row.originator.port,
      responderPort: (row) => row.responder.port,
      packetCount: (row) => row.packetCount,
      byteCount: (row) => row.byteCount,
      originatorPacketCount: (row) => row.originatorPacketCount,
      originatorByteCount: (row) => row.originatorByteCount,
      responderPacketCount: (row) => row.responderPacketCount,
      responderByteCount: (row) => row.responderByteCount,
      firstSeconds: (row) => since(row.firstTimestamp),
      durationSeconds: (row) => row.durationSeconds,
      // A conversation of one instant has no rate.
      bytesPerSecond: (row) => (row.durationSeconds > 0 ? row.byteCount / row.durationSeconds : null),
      firstFrame: (row) => row.firstFrame,
    },
    summed: SUMMED_CONVERSATION_COLUMNS,
  })
  return Object.assign(table, { addresses })
}

/** Applies the whole traffic filter but its text. */
export function conversationTable(columns: ConversationColumns): FilterableTable<ConversationRow> {
  return {
    columns,
    basis: 'capture',
    applyTraffic: (mask, filter) => applyTrafficToConversations(mask, columns, filter),
  }
}

/** Narrow `mask` to conversations alive in the filter's time and passing its chips. */
export function applyTrafficToConversations(
  mask: RowMask,
  columns: ConversationColumns,
  filter: TrafficFilter,
): readonly string[] {
  if (filter.time !== null) keepOverlapping(mask, columns, filter.time.startSeconds, filter.time.endSeconds)
  const ignored: string[] = []
  for (const chip of filter.chips) {
    if (chip.values.length > 0 && !applyChip(mask, columns, chip)) ignored.push(chip.field)
  }
  return ignored
}

/** Keep conversations whose life, from first to last packet, shares an instant with the span. */
function keepOverlapping(mask: RowMask, columns: ConversationColumns, start: number, end: number): void {
  const firsts = columns.numbers('firstSeconds')!
  const durations = columns.numbers('durationSeconds')!
  for (let row = 0; row < mask.length; row++) {
    const first = firsts[row]!
    if (!(first <= end && first + durations[row]! >= start)) mask[row] = 0
  }
}

function applyChip(mask: RowMask, columns: ConversationColumns, chip: FilterChip): boolean {
  const isExcluded = chip.mode === 'exclude'
  switch (chip.field) {
    case 'address': {
      const [originators, responders] = [columns.texts('originator')!, columns.texts('responder')!]
      keepFlaggedEither(mask, originators, responders, addressFlags(columns.addresses, chip), isExcluded)
      return true
    }
    case 'originator':
    case 'responder': {
      const column = columns.texts(chip.field)!
      keepFlagged(mask, column, addressFlags(column.pool, chip), isExcluded)
      return true
    }
    case 'port':
      keepPorts(mask, columns, portFlags(chip), isExcluded)
      return true
    case 'protocol':
    case 'application':
    case 'state':
    case 'tunnel': {
      const column = columns.texts(chip.field)!
      keepFlagged(mask, column, wordFlags(column.pool, chip), isExcluded)
      return true
    }
    default:
      return false
  }
}

function keepPorts(
  mask: RowMask,
  columns: ConversationColumns,
  flags: Uint8Array,
  isExcluded: boolean,
): void {
  const originators = columns.numbers('originatorPort')!
  const responders = columns.numbers('responderPort')!
  for (let row = 0; row < mask.length; row++) {
    // A missing port is NaN, which indexes nothing.
    const holds = flags[originators[row]!] === 1 || flags[responders[row]!] === 1
    if (holds === isExcluded) mask[row] = 0
  }
}

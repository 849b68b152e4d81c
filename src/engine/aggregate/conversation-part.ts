/** Conversations in a part: everything the tracker keeps from one batch to the next. */

import { PROTOCOL_COUNT } from '../decode/protocol-table.ts'
import { isAddress } from '../net/address-table.ts'
import { unpackNanoseconds } from '../net/packed-time.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'
import { KeyBits, Row } from './conversation-row.ts'
import type { ConversationTable } from './conversation-table.ts'
import type { ConversationTracker } from './conversation-tracker.ts'

const NANOSECONDS_BOUND = 1_000_000_000

export function writeConversations(tracker: ConversationTracker, part: PartWriter): void {
  tracker.table.writePart(part.under('table'))
  tracker.pathSplits.table.writePart(part.under('pathSplits'))
  tracker.unlisted.writePart(part.under('unlisted'))
  tracker.fragments.writePart(part.under('fragments'))
}

/**
 * Into an empty tracker; `pathCount` nodes and `ipv6Count` addresses are known. `isIndexed` as of ConversationTable.
 * Throws PartError.
 */
export function readConversations(
  tracker: ConversationTracker,
  part: PartReader,
  pathCount: number,
  ipv6Count: number,
  isIndexed = true,
): void {
  const { table, pathSplits, unlisted, fragments } = tracker
  const records = part.under('table')
  table.readPart(records, isIndexed)
  for (let row = 0; row < table.count; row++) {
    if (!isRecord(table, row, pathCount, ipv6Count)) {
      throw records.bad(`has an impossible record (${String(row)})`)
    }
  }
  const splits = part.under('pathSplits')
  pathSplits.table.readPart(splits)
  const { keys, count } = pathSplits.table
  for (let split = 0; split < count; split++) {
    const [row, path] = [keys[split * 3]!, keys[split * 3 + 1]!]
    if (row < 0 || row >= table.count || path < 0 || path >= pathCount) {
      throw splits.bad('names a record that does not exist')
    }
  }
  unlisted.readPart(part.under('unlisted'), ipv6Count)
  fragments.readPart(part.under('fragments'), pathCount, ipv6Count)
}

/** Whether later stages can read the record: what it points at exists, and its sums are numbers. */
function isRecord(table: ConversationTable, row: number, pathCount: number, ipv6Count: number): boolean {
  const words = table.slab(row)
  const doubles = table.doublesOf(row)
  const at = table.at(row)
  const key = words[at + Row.key]!
  const version = (key & KeyBits.ipv6) === 0 ? 4 : 6
  return (
    isAddress(version, words[at + Row.addressA]!, ipv6Count) &&
    isAddress(version, words[at + Row.addressB]!, ipv6Count) &&
    ((key >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) < PROTOCOL_COUNT &&
    words[at + Row.applicationAndPath]! >>> 16 < pathCount &&
    (words[at + Row.applicationAndPath]! & 0xff) < PROTOCOL_COUNT &&
    unpackNanoseconds(words[at + Row.firstTimeHigh]!) < NANOSECONDS_BOUND &&
    unpackNanoseconds(words[at + Row.lastTimeHigh]!) < NANOSECONDS_BOUND &&
    isCount(doubles[(at + Row.bytesFromA) >> 1]!) &&
    isCount(doubles[(at + Row.bytesFromB) >> 1]!) &&
    isCount(doubles[(at + Row.payloadFrameBytes) >> 1]!)
  )
}

function isCount(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER
}

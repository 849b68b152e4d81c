/** First and last frame and time of a list of conversation records. */

import { Row } from '../../aggregate/conversation-row.ts'
import { firstFrameOf, lastFrameOf } from '../../aggregate/conversation-span.ts'
import {
  comparePacked,
  secondsBetween,
  timestampText,
  unpackNanoseconds,
  unpackSeconds,
} from '../../net/packed-time.ts'
import type { AttemptTable } from '../attempt-table.ts'

export interface RecordSpan {
  readonly firstTimestamp: string | null
  readonly lastTimestamp: string | null
  readonly firstFrame: number
  readonly lastFrame: number
  readonly seconds: number
}

/** `rows` must not be empty. */
export function recordSpan(table: AttemptTable, rows: ArrayLike<number>): RecordSpan {
  return spanOf(table, rows.length, (i) => rows[i]!)
}

/** Of the first and last records of attempts, of which there must be some. */
export function attemptSpan(table: AttemptTable, attempts: Int32Array): RecordSpan {
  return spanOf(table, 2 * attempts.length, (i) =>
    (i & 1) === 0 ? table.firstRow(attempts[i >>> 1]!) : table.lastRow(attempts[i >>> 1]!),
  )
}

function spanOf(table: AttemptTable, count: number, rowAt: (i: number) => number): RecordSpan {
  const records = table.evidence.conversations
  let [firstHigh, firstLow, lastHigh, lastLow] = [0, 0, 0, 0]
  let firstFrame = Infinity
  let lastFrame = 0
  for (let i = 0; i < count; i++) {
    const row = rowAt(i)
    const words = records.slab(row)
    const at = records.at(row)
    const word = (offset: number): number => words[at + offset]!
    if (i === 0 || comparePacked(word(Row.firstTimeHigh), word(Row.firstTimeLow), firstHigh, firstLow) < 0) {
      firstHigh = word(Row.firstTimeHigh)
      firstLow = word(Row.firstTimeLow)
    }
    if (i === 0 || comparePacked(word(Row.lastTimeHigh), word(Row.lastTimeLow), lastHigh, lastLow) > 0) {
      lastHigh = word(Row.lastTimeHigh)
      lastLow = word(Row.lastTimeLow)
    }
    firstFrame = Math.min(firstFrame, firstFrameOf(words, at))
    lastFrame = Math.max(lastFrame, lastFrameOf(words, at))
  }
  const isTimed = table.evidence.firstTime !== null
  const text = (high: number, low: number): string | null =>
    isTimed ? timestampText(unpackSeconds(high, low), unpackNanoseconds(high)) : null
  const seconds = secondsBetween(
    unpackSeconds(firstHigh, firstLow),
    unpackNanoseconds(firstHigh),
    unpackSeconds(lastHigh, lastLow),
    unpackNanoseconds(lastHigh),
  )
  return {
    firstTimestamp: text(firstHigh, firstLow),
    lastTimestamp: text(lastHigh, lastLow),
    firstFrame,
    lastFrame,
    seconds: isTimed ? Math.round(seconds * 1e6) / 1e6 : 0,
  }
}

/** When conversation records began and ended, in seconds of the capture. */

import { Row } from '../aggregate/conversation-row.ts'
import { firstFrameOf } from '../aggregate/conversation-span.ts'
import { secondsBetween, unpackNanoseconds, unpackSeconds } from '../net/packed-time.ts'
import type { Evidence } from './evidence.ts'

export class RecordTimes {
  readonly #evidence: Evidence

  constructor(evidence: Evidence) {
    this.#evidence = evidence
  }

  /** Seconds from the capture's first to its last time. */
  get durationSeconds(): number {
    const { firstTime, lastTime } = this.#evidence
    if (firstTime === null || lastTime === null) return 0
    return this.#seconds(lastTime.seconds, lastTime.nanoseconds)
  }

  /** Seconds from the capture's first time to the first packet of a record. */
  firstSeconds(row: number): number {
    return this.#rowSeconds(row, Row.firstTimeHigh)
  }

  /** Seconds from the capture's first time to the last packet of a record. */
  lastSeconds(row: number): number {
    return this.#rowSeconds(row, Row.lastTimeHigh)
  }

  /** 1-based number of a record's first frame. */
  firstFrame(row: number): number {
    const table = this.#evidence.conversations
    return firstFrameOf(table.slab(row), table.at(row))
  }

  #rowSeconds(row: number, word: number): number {
    const table = this.#evidence.conversations
    const words = table.slab(row)
    const at = table.at(row) + word
    const high = words[at]!
    return this.#seconds(unpackSeconds(high, words[at + 1]!), unpackNanoseconds(high))
  }

  #seconds(seconds: number, nanoseconds: number): number {
    const first = this.#evidence.firstTime
    if (first === null) return 0
    return secondsBetween(first.seconds, first.nanoseconds, seconds, nanoseconds)
  }
}

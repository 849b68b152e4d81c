/** A block that goes by without being held in memory: an unknown or overlong one, or the packet of a long record. */

import type { ByteWindow } from '../byte-window.ts'
import type { LongRecord } from '../long-record.ts'

const TRAILER_LENGTH = 4

export class PassingBlock {
  /** Offset in the capture of the block's first byte. */
  readonly byteOffset: number
  readonly type: number
  /** Total length, as stated at its beginning. */
  readonly length: number
  /** The packet whose captured bytes come first; null when nothing is kept. */
  readonly longRecord: LongRecord | null
  #remaining: number

  /** `headLength` bytes of the block are consumed already. */
  constructor(
    byteOffset: number,
    type: number,
    length: number,
    headLength: number,
    longRecord: LongRecord | null,
  ) {
    this.byteOffset = byteOffset
    this.type = type
    this.length = length
    this.longRecord = longRecord
    this.#remaining = length - headLength - TRAILER_LENGTH - (longRecord?.byteCount ?? 0)
  }

  /** Let go by what the window has. True once nothing but the trailing length is left, and that is in the window. */
  consume(window: ByteWindow): boolean {
    if (this.longRecord !== null && !this.longRecord.consume(window)) return false
    const available = Math.min(this.#remaining, window.unreadCount)
    window.start += available
    this.#remaining -= available
    return this.#remaining === 0 && window.unreadCount >= TRAILER_LENGTH
  }
}

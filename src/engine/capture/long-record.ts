/**
 * A record with more captured bytes than CAPTURED_LENGTH_MAX: its first bytes are kept, the rest goes by.
 *
 * Such records (D-Bus, USBPcap, EBHSCR: see recordLengthMax) would otherwise need a window of 128 MiB.
 */

import type { ByteWindow } from './byte-window.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import { FRAME_BYTES_SKIPPED } from './frame-batch.ts'
import type { FrameBatch } from './frame-batch.ts'

/** What the record's header says of the frame. */
export interface LongFrame {
  readonly originalLength: number
  readonly seconds: number
  readonly nanoseconds: number
  readonly interfaceIndex: number
  readonly linkType: number
  readonly flags: number
}

export class LongRecord {
  /** Offset in the capture of the record's first byte. */
  readonly byteOffset: number
  readonly #frame: LongFrame
  readonly #kept = new Uint8Array(CAPTURED_LENGTH_MAX)
  /** Captured bytes of the record. */
  readonly byteCount: number
  #keptCount = 0
  #remaining: number

  /** `byteCount` bytes follow, of which those beyond CAPTURED_LENGTH_MAX are dropped. */
  constructor(byteOffset: number, byteCount: number, frame: LongFrame) {
    this.byteOffset = byteOffset
    this.byteCount = byteCount
    this.#remaining = byteCount
    this.#frame = frame
  }

  /** Bytes that went by so far. */
  get consumedCount(): number {
    return this.byteCount - this.#remaining
  }

  /** Captured bytes that are in no batch. */
  get skippedCount(): number {
    return this.byteCount - this.#keptCount
  }

  /** Take what the window has of the record. True once all of it went by. */
  consume(window: ByteWindow): boolean {
    const available = Math.min(this.#remaining, window.unreadCount)
    const keeping = Math.min(available, CAPTURED_LENGTH_MAX - this.#keptCount)
    this.#kept.set(window.bytes.subarray(window.start, window.start + keeping), this.#keptCount)
    this.#keptCount += keeping
    this.#remaining -= available
    window.start += available
    return this.#remaining === 0
  }

  /** Fill `batch` with this one frame. Valid once `consume` returned true. */
  emit(batch: FrameBatch): void {
    batch.bytes = this.#kept
    batch.count = 1
    batch.offset[0] = 0
    batch.capturedLength[0] = this.#keptCount
    batch.originalLength[0] = this.#frame.originalLength
    batch.seconds[0] = this.#frame.seconds
    batch.nanoseconds[0] = this.#frame.nanoseconds
    batch.interfaceIndex[0] = this.#frame.interfaceIndex
    batch.linkType[0] = this.#frame.linkType
    batch.flags[0] = this.#frame.flags | FRAME_BYTES_SKIPPED
  }
}

/** Bandwidth over time: sparse buckets that coarsen to the capture's span, so that a silent month costs nothing. */

import { FRAME_WITHOUT_TIME, FRAME_ZERO_FILLED, type FrameBatch } from '../capture/frame-batch.ts'
import type { KeyHash } from '../net/key-hash.ts'
import { TRAFFIC_CLASS_COUNT } from './traffic-class.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/**
 * Bucket widths, in nanoseconds. Each divides the next, so that fine buckets add up to coarse ones exactly; the
 * edges lie on the epoch's own multiples, so that buckets of two parts of a capture are the same buckets.
 */
export const BUCKET_WIDTHS_NS = [
  1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 6e10, 6e11, 3.6e12, 2.16e13, 8.64e13, 8.64e14, 8.64e15, 8.64e16,
  8.64e17, 8.64e18, 8.64e19, 8.64e20,
] as const

/** Buckets with traffic kept. More draws finer curves, fewer makes the summary smaller; a chart has about 1,000 pixels. */
export const BUCKET_COUNT_MAX = 2048

/** Packets and bytes in all, then packets and bytes of each traffic class. */
const COLUMNS = 2 + 2 * TRAFFIC_CLASS_COUNT
const NS = 1e9

/** The final width is the finest at which no more than BUCKET_COUNT_MAX buckets hold traffic, whatever the order of packets. */
export class BandwidthSeries {
  count = 0
  /** Bucket numbers: time in nanoseconds divided by the width, floored. */
  numbers = new Float64Array(BUCKET_COUNT_MAX + 1)
  values = new Float64Array((BUCKET_COUNT_MAX + 1) * COLUMNS)
  /** Packets off the time axis: without a time, or in a run of zeros. Same columns. */
  readonly offAxis = new Float64Array(COLUMNS)
  readonly columns = COLUMNS
  #level = 0
  readonly #hash: KeyHash
  readonly #slots = new Int16Array(BUCKET_COUNT_MAX * 4)
  /** The bucket of the packet before, which is mostly this one's too. */
  #lastNumber = NaN
  #lastRow = 0

  constructor(hash: KeyHash) {
    this.#hash = hash
  }

  get bucketNs(): number {
    return BUCKET_WIDTHS_NS[this.#level]!
  }

  /** `classes[i]` is the traffic class of frame i. */
  observe(frames: FrameBatch, classes: Uint8Array): void {
    for (let i = 0; i < frames.count; i++) {
      const length = frames.originalLength[i]!
      const column = 2 + 2 * classes[i]!
      if ((frames.flags[i]! & (FRAME_WITHOUT_TIME | FRAME_ZERO_FILLED)) !== 0) {
        addTo(this.offAxis, 0, column, 1, length)
        continue
      }
      const number = bucketNumber(frames.seconds[i]!, frames.nanoseconds[i]!, BUCKET_WIDTHS_NS[this.#level]!)
      const row = number === this.#lastNumber ? this.#lastRow : this.#rowOf(number)
      addTo(this.values, row * COLUMNS, column, 1, length)
      if (this.count > BUCKET_COUNT_MAX) this.#coarsen()
    }
  }

  merge(later: BandwidthSeries): void {
    while (this.#level < later.#level) this.#coarsen()
    for (let row = 0; row < later.count; row++) {
      // Taken anew each time: adding a bucket may have coarsened ours.
      const factor = BUCKET_WIDTHS_NS[this.#level]! / BUCKET_WIDTHS_NS[later.#level]!
      const mine = this.#rowOf(Math.floor(later.numbers[row]! / factor))
      for (let c = 0; c < COLUMNS; c++) {
        this.values[mine * COLUMNS + c] = this.values[mine * COLUMNS + c]! + later.values[row * COLUMNS + c]!
      }
      if (this.count > BUCKET_COUNT_MAX) this.#coarsen()
    }
    for (let c = 0; c < COLUMNS; c++) this.offAxis[c] = this.offAxis[c]! + later.offAxis[c]!
  }

  writePart(part: PartWriter): void {
    part.numbers('level', [this.#level])
    part.add('numbers', this.numbers.subarray(0, this.count))
    part.add('values', this.values.subarray(0, this.count * COLUMNS))
    part.add('offAxis', this.offAxis)
  }

  /** Of an empty series. Throws PartError. */
  readPart(part: PartReader): void {
    this.#level = part.numbers('level', 1)[0]!
    if (this.#level >= BUCKET_WIDTHS_NS.length) throw part.bad('names a width that does not exist')
    const numbers = part.float64('numbers', BUCKET_COUNT_MAX)
    for (let row = 0; row < numbers.length; row++) {
      if (this.#rowOf(numbers[row]!) !== row) throw part.bad('has a bucket twice')
    }
    this.values.set(part.numbers('values', this.count * COLUMNS))
    this.offAxis.set(part.numbers('offAxis', COLUMNS))
  }

  /** Rows in ascending order of time. */
  sortedRows(): number[] {
    const rows = Array.from({ length: this.count }, (_, row) => row)
    return rows.sort((x, y) => this.numbers[x]! - this.numbers[y]!)
  }

  #rowOf(number: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash.words2(number | 0, Math.floor(number / 4_294_967_296) | 0) & mask
    for (;;) {
      const row = this.#slots[slot]! - 1
      if (row === -1) break
      if (this.numbers[row] === number) return this.#remember(number, row)
      slot = (slot + 1) & mask
    }
    const row = this.count++
    this.numbers[row] = number
    this.values.fill(0, row * COLUMNS, (row + 1) * COLUMNS)
    this.#slots[slot] = row + 1
    return this.#remember(number, row)
  }

  #remember(number: number, row: number): number {
    this.#lastNumber = number
    this.#lastRow = row
    return row
  }

  #coarsen(): void {
    const from = BUCKET_WIDTHS_NS[this.#level]!
    if (this.#level === BUCKET_WIDTHS_NS.length - 1) return
    this.#level++
    const factor = BUCKET_WIDTHS_NS[this.#level]! / from
    const { numbers, values, count } = this
    this.numbers = new Float64Array(BUCKET_COUNT_MAX + 1)
    this.values = new Float64Array((BUCKET_COUNT_MAX + 1) * COLUMNS)
    this.count = 0
    this.#slots.fill(0)
    for (let row = 0; row < count; row++) {
      const mine = this.#rowOf(Math.floor(numbers[row]! / factor))
      for (let c = 0; c < COLUMNS; c++) {
        this.values[mine * COLUMNS + c] = this.values[mine * COLUMNS + c]! + values[row * COLUMNS + c]!
      }
    }
    this.#lastNumber = NaN
    if (this.count > BUCKET_COUNT_MAX) this.#coarsen()
  }
}

/** Number of the bucket a time lies in. Exact: seconds and nanoseconds are never joined into one double. */
export function bucketNumber(seconds: number, nanoseconds: number, widthNs: number): number {
  if (widthNs >= NS) return Math.floor(seconds / (widthNs / NS))
  return seconds * (NS / widthNs) + Math.floor(nanoseconds / widthNs)
}

function addTo(into: Float64Array, at: number, column: number, packets: number, bytes: number): void {
  into[at] = into[at]! + packets
  into[at + 1] = into[at + 1]! + bytes
  into[at + column] = into[at + column]! + packets
  into[at + column + 1] = into[at + column + 1]! + bytes
}

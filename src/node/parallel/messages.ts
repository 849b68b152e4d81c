/** What the thread that reads a capture and those that count ranges of it tell each other. */

import type { AggregateLimits } from '../../engine/aggregate/aggregates.ts'
import type { HashSecret } from '../../engine/index.ts'
import type { PartSection } from '../../engine/part/part-writer.ts'
import type { CaptureRange } from './range.ts'

/** `workerData`. Descriptors are the process's, so that a thread can read a file that another one opened. */
export interface RangeWorkerData {
  readonly descriptor: number
  readonly format: 'pcap' | 'pcapng'
  readonly hashSecret: HashSecret
  readonly limits: AggregateLimits
}

/** To a thread: count this range. */
export type RangeOrder = CaptureRange

/** From a thread: the sections of the range's part, handed over without a copy. */
export interface CountedRange {
  readonly index: number
  readonly packetCount: number
  readonly sections: readonly PartSection[]
}

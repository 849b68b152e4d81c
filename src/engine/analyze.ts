/** The pipeline. Read this file first: every folder beside it is one of its lines. */

import { Aggregates, type AggregateLimits } from './aggregate/aggregates.ts'
import type { CaptureReader } from './capture/capture-reader.ts'
import { FrameBatch } from './capture/frame-batch.ts'
import type { HashSecret } from './net/key-hash.ts'

export interface AnalysisOptions {
  /** Secret of this run's hash tables. Results never depend on it. */
  readonly hashSecret: HashSecret
  readonly limits?: AggregateLimits
}

/**
 * One analysis in progress: bytes go into `reader`, `drain` takes every whole frame out of it and counts it. It has
 * no clock, no randomness, no file and no port; who feeds it decides when to look, to stop and to summarize.
 */
export class Analysis {
  /** What was counted so far; another object once counting has begun anew, or elsewhere. */
  aggregates: Aggregates
  readonly reader: CaptureReader
  /** Interfaces known when the first frames came: of several captures read as one, those that are numbered first. */
  firstInterfaceCount: number | null = null
  readonly #batch = new FrameBatch()

  constructor(reader: CaptureReader, options: AnalysisOptions) {
    this.reader = reader
    this.aggregates = new Aggregates(options.hashSecret, options.limits)
  }

  /** Count every frame that is wholly in the reader. False when the capture is over. */
  drain(): boolean {
    while (this.reader.next(this.#batch) > 0) {
      this.firstInterfaceCount ??= this.reader.interfaces.length
      this.aggregates.observe(this.#batch)
    }
    return this.reader.ending === null
  }
}

/**
 * Counting one capture in several threads. The thread that reads the file hops over the record headers, which costs a
 * tenth of counting, and cuts the file into ranges; the others count a range each, and the parts are merged in their order.
 *
 * The result is that of one thread, byte for byte. Where merging cannot promise it (a table near its ceiling, a name that
 * is not decided) or a thread is lost, what is left is counted in this thread, or all of it anew.
 */

import { Worker } from 'node:worker_threads'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Aggregates, type AggregateLimits } from '../../engine/aggregate/aggregates.ts'
import { readAggregates } from '../../engine/aggregate/aggregates-part.ts'
import { canMergeExactly, isExact } from '../../engine/aggregate/merge-exactness.ts'
import { FrameBatch } from '../../engine/capture/frame-batch.ts'
import type { Analysis, HashSecret } from '../../engine/index.ts'
import { PartError } from '../../engine/part/part-error.ts'
import { readerOfSections } from '../../engine/part/part-reader.ts'
import type { CountedRange, RangeWorkerData } from './messages.ts'
import { RangeCounter, type CaptureRange } from './range.ts'

/** Counted in the reading thread before others are started: enough to see what kind of traffic it is. */
const LOOK_BYTES = 8 * 1_048_576
/**
 * Conversations a packet of what was looked at: above it nothing is started. Merging a conversation takes as long as
 * counting a packet, so that threads gain nothing from a flood in which nearly every packet begins one; ordinary traffic has
 * one in ten or fewer, and more at its beginning.
 */
const CONVERSATION_SHARE_MAX = 0.5
/** Smaller ranges keep all threads busy to the end, larger ones are merged less often. */
const RANGE_BYTES = 64 * 1_048_576
/** Ranges a thread may be behind the reading: more would hold more memory, fewer let threads wait. */
const RANGES_AHEAD = 2
/** How long counting in this thread may hold it. */
const TURN_MS = 25

/** Only tests choose these. */
export interface ParallelTuning {
  readonly lookBytes?: number
  readonly rangeBytes?: number
  readonly workerUrl?: URL
}

export interface ParallelOptions extends ParallelTuning {
  readonly descriptor: number
  readonly threadCount: number
  readonly hashSecret: HashSecret
  readonly limits: AggregateLimits
}

export class ParallelCounting {
  /** Whether this thread counts what is left, because the others cannot or need not. */
  isAlone = false
  /** Whether frames are counted as they are read: at the beginning, and for good where threads do not pay. */
  #isDirect: boolean
  readonly #analysis: Analysis
  readonly #options: ParallelOptions
  readonly #limits: AggregateLimits
  readonly #batch = new FrameBatch()
  readonly #workers: Worker[] = []
  readonly #idle: Worker[] = []
  readonly #ranges: CaptureRange[] = []
  readonly #counted: (CountedRange | undefined)[] = []
  #orderedCount = 0
  #mergedCount = 0
  #rangeStart = 0
  #rangePacketCount = 0
  #ownCounter: RangeCounter | null = null
  #wake: (() => void) | null = null

  constructor(analysis: Analysis, options: ParallelOptions) {
    this.#analysis = analysis
    this.#options = options
    this.#limits = options.limits
    this.#isDirect = options.lookBytes !== 0
  }

  /** Hop over every frame that is wholly in the reader, and order what lies between to be counted. */
  drain(): void {
    if (this.#isDirect) {
      this.#analysis.drain()
      if (!this.isAlone) this.#decide()
      return
    }
    const { reader } = this.#analysis
    const rangeBytes = this.#options.rangeBytes ?? RANGE_BYTES
    for (let count = reader.next(this.#batch); count > 0; count = reader.next(this.#batch)) {
      this.#analysis.firstInterfaceCount ??= reader.interfaces.length
      this.#rangePacketCount += count
      if (reader.byteOffset - this.#rangeStart >= rangeBytes) this.#cut(reader.byteOffset)
    }
  }

  /** Whether the reading is so far ahead that it should wait with `step`. */
  get isAhead(): boolean {
    return this.#ranges.length - this.#mergedCount >= this.#options.threadCount * RANGES_AHEAD
  }

  /** Wait until one more range is merged, or count one here. */
  async step(): Promise<void> {
    if (this.isAlone) {
      await this.#countHere()
      return
    }
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
  }

  /** After the end of the capture: everything is counted once this resolves. */
  async finish(onStep: () => void): Promise<void> {
    if (this.#rangePacketCount > 0) this.#cut(this.#analysis.reader.byteOffset)
    while (this.#mergedCount < this.#ranges.length) {
      await this.step()
      onStep()
    }
    this.close()
  }

  close(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate()
    this.#idle.length = 0
  }

  /** After the first look: start threads, or count on. */
  #decide(): void {
    const { reader, aggregates } = this.#analysis
    if (reader.byteOffset < (this.#options.lookBytes ?? LOOK_BYTES)) return
    const { packetCount } = aggregates.totals
    const conversationCount = aggregates.conversations.table.count
    if (conversationCount > packetCount * CONVERSATION_SHARE_MAX || !isExact(aggregates)) {
      this.isAlone = true
      return
    }
    this.#isDirect = false
    // Counted already; needed again only when all of it is counted anew.
    this.#rangePacketCount = packetCount
    this.#orderedCount = this.#mergedCount = 1
    this.#cut(reader.byteOffset)
  }

  #cut(end: number): void {
    const index = this.#ranges.length
    this.#ranges.push({ index, start: this.#rangeStart, end, packetCount: this.#rangePacketCount })
    this.#rangeStart = end
    this.#rangePacketCount = 0
    if (!this.isAlone) this.#order()
  }

  #order(): void {
    while (this.#orderedCount < this.#ranges.length) {
      const worker = this.#idle.pop() ?? this.#newWorker()
      if (worker === null) return
      worker.postMessage(this.#ranges[this.#orderedCount++])
    }
  }

  #newWorker(): Worker | null {
    const { threadCount, descriptor, hashSecret, workerUrl } = this.#options
    if (this.#workers.length === threadCount) return null
    const { format } = this.#analysis.reader
    const workerData: RangeWorkerData = { descriptor, format, hashSecret, limits: this.#limits }
    const worker = new Worker(workerUrl ?? new URL('./parallel-worker.ts', import.meta.url), { workerData })
    worker.on('message', (counted: CountedRange) => {
      this.#counted[counted.index] = counted
      this.#idle.push(worker)
      if (this.isAlone) return
      this.#order()
      this.#mergeWhatIsThere()
    })
    // Without memory, or gone: a thread is never needed.
    const goOnAlone = (): void => {
      if (this.#workers.includes(worker)) this.#goOnAlone()
    }
    worker.on('error', goOnAlone).on('exit', goOnAlone)
    this.#workers.push(worker)
    return worker
  }

  #mergeWhatIsThere(): void {
    const before = this.#mergedCount
    for (;;) {
      const counted = this.#counted[this.#mergedCount]
      if (counted === undefined || this.isAlone) break
      this.#counted[this.#mergedCount] = undefined
      this.#merge(counted)
    }
    if (this.#mergedCount > before) this.#wakeUp()
  }

  #merge(counted: CountedRange): void {
    const { hashSecret } = this.#options
    const earlier = this.#analysis.aggregates
    const later = this.#partOf(counted)
    if (later === null || !canMergeExactly(earlier, later)) {
      this.#goOnAlone()
      return
    }
    earlier.merge(later)
    this.#mergedCount++
    if (isExact(this.#analysis.aggregates)) return
    this.#mergedCount = 0
    this.#analysis.aggregates = new Aggregates(hashSecret, this.#limits)
    this.#goOnAlone()
  }

  /** Null when it is not the part of the range whose turn it is: the file has changed, or the thread is broken. */
  #partOf({ packetCount, sections }: CountedRange): Aggregates | null {
    if (packetCount !== this.#ranges[this.#mergedCount]?.packetCount) return null
    try {
      return readAggregates(readerOfSections(sections), this.#options.hashSecret, 'merging', this.#limits)
    } catch (error) {
      if (error instanceof PartError) return null
      throw error
    }
  }

  #goOnAlone(): void {
    if (this.isAlone) return
    this.isAlone = true
    this.#counted.length = 0
    this.close()
    this.#wakeUp()
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = null
  }

  async #countHere(): Promise<void> {
    const range = this.#ranges[this.#mergedCount]
    if (range === undefined) return
    this.#ownCounter ??= new RangeCounter(this.#options.descriptor, this.#analysis.reader.format)
    let turnMs = performance.now()
    for (const _ of this.#ownCounter.count(range, this.#analysis.aggregates)) {
      if (performance.now() - turnMs < TURN_MS) continue
      await nextTurn()
      turnMs = performance.now()
    }
    this.#mergedCount++
  }
}

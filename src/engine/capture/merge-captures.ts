/** Several captures read as one, in order of time. */

import type { WritableBytes } from './byte-window.ts'
import { NOTHING_READ_ENDINGS } from './capture-ending.ts'
import type { CaptureEnding } from './capture-ending.ts'
import type { CaptureInterface } from './capture-interface.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import { CaptureNoteBook } from './capture-note-book.ts'
import type { CaptureInterruption, CaptureNotes, CaptureReader } from './capture-reader.ts'
import { FRAME_WITHOUT_TIME, FrameBatch } from './frame-batch.ts'
import { MergeHeap } from './merge-heap.ts'
import { mergedEnding } from './merged-ending.ts'
import { MergedInterface, MergedRest } from './merged-interface.ts'
import { mergedNotes } from './merged-notes.ts'

/** Captures at once. Each takes a window and a file descriptor; more would meet the limits of the system. */
export const MERGED_CAPTURE_COUNT_MAX = 1_024

/** One of the captures, and what people know it by. */
export interface MergedCapture {
  readonly name: string
  readonly reader: CaptureReader
}

/** A capture and the frames of it that wait to be handed out. */
interface Source extends MergedCapture {
  readonly batch: FrameBatch
  /** First frame of `batch` not handed out yet. */
  position: number
  /** Of its interfaces, the place in the merged list; those past its end are at the rest's. */
  readonly interfaceIndexes: number[]
  interfaceCount: number
}

/**
 * Hands out the frames of all captures, always the one with the earliest time next; at equal times the earlier capture goes
 * first. Frames of one capture stay in its order, even where its times go back; a frame without a time follows the one before
 * it at once. A batch is of one capture.
 *
 * It is fed like any reader; `waitingIndex` says which capture the next bytes must be from.
 */
export class MergedReader implements CaptureReader {
  ending: CaptureEnding | null = null
  /** Which capture `writable`, `commit` and `finish` are about: the one that `next` needs bytes of. */
  waitingIndex = 0
  readonly #sources: readonly Source[]
  readonly #heap: MergeHeap
  readonly #interfaces: MergedInterface[] = []
  readonly #listedInterfaceCountMax: number
  #rest: MergedRest | null = null
  readonly #ownNotes = new CaptureNoteBook()
  /** Captures without a frame at hand that are not over. */
  readonly #pending: number[]
  #hasHandedOut = false

  /** Readers that share an `InterfaceCeiling` remember no more interfaces than are listed here. */
  constructor(
    captures: readonly MergedCapture[],
    listedInterfaceCountMax = CAPTURE_LIMITS.listedInterfaceCountMax,
  ) {
    this.#listedInterfaceCountMax = listedInterfaceCountMax
    if (captures.length < 1 || captures.length > MERGED_CAPTURE_COUNT_MAX) {
      throw new RangeError(`between 1 and ${MERGED_CAPTURE_COUNT_MAX} captures can be merged`)
    }
    this.#sources = captures.map((capture) => ({
      ...capture,
      batch: new FrameBatch(),
      position: 0,
      interfaceIndexes: [],
      interfaceCount: 0,
    }))
    this.#heap = new MergeHeap(captures.length)
    // The last one is looked at first, so that the files are opened in their order.
    this.#pending = captures.map((_, index) => captures.length - 1 - index)
  }

  /** That of the first capture; the others may differ. */
  get format(): 'pcap' | 'pcapng' {
    return this.#sources[0]?.reader.format ?? 'pcap'
  }

  /** Sum of what the captures handed out. */
  get byteOffset(): number {
    return this.#sources.reduce((sum, { reader }) => sum + reader.byteOffset, 0)
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#interfaces
  }

  /** Added up anew at each call. */
  get notes(): CaptureNotes {
    const notes = mergedNotes([...this.#sources.map(({ reader }) => reader.notes), this.#ownNotes])
    notes.addIssue = (kind, firstFrame, count) => {
      this.#ownNotes.addIssue(kind, firstFrame, count)
    }
    return notes
  }

  writable(byteCountMin: number): WritableBytes {
    return this.#waiting.reader.writable(byteCountMin)
  }

  commit(byteCount: number): void {
    this.#waiting.reader.commit(byteCount)
  }

  /** No more bytes of the waiting capture; `cancelled` ends all of them. */
  finish(because?: CaptureInterruption): void {
    if (because?.kind !== 'cancelled') {
      this.#waiting.reader.finish(because)
      return
    }
    for (const { reader } of this.#sources) if (reader.ending === null) reader.finish(because)
  }

  next(batch: FrameBatch): number {
    batch.count = 0
    if (this.ending !== null || !this.#fillPending()) return 0
    const first = this.#heap.first
    const source = this.#sources[first]
    if (source === undefined) {
      this.#endAll()
      return 0
    }
    this.#hasHandedOut = true
    const from = source.position
    const to = this.#runEnd(source, first)
    this.#handOut(source, from, to, batch)
    source.position = to
    if (to < source.batch.count) {
      this.#heap.replaceFirst(source.batch.seconds[to] ?? 0, source.batch.nanoseconds[to] ?? 0)
    } else {
      this.#heap.removeFirst()
      this.#pending.push(first)
    }
    return batch.count
  }

  get #waiting(): Source {
    const source = this.#sources[this.waitingIndex]
    if (source === undefined) throw new RangeError('no capture waits for bytes')
    return source
  }

  /** Get the next frames of every capture that has none at hand. False when one of them needs bytes first, or all is over. */
  #fillPending(): boolean {
    for (let index = this.#pending.pop(); index !== undefined; index = this.#pending.pop()) {
      const source = this.#sources[index]
      if (source === undefined) continue
      source.position = 0
      if (source.reader.next(source.batch) > 0) {
        this.#noteInterfaces(source)
        this.#heap.add(index, this.#firstSeconds(source), source.batch.nanoseconds[0] ?? 0)
        continue
      }
      const { ending } = source.reader
      if (ending === null) {
        this.#pending.push(index)
        this.waitingIndex = index
        return false
      }
      this.#noteInterfaces(source)
      if (!this.#hasHandedOut && NOTHING_READ_ENDINGS.includes(ending.kind)) {
        // The caller named a file that is no capture: better said now than after an hour.
        this.ending = { ...ending, detail: `${source.name}: ${ending.detail}` }
        return false
      }
    }
    return true
  }

  /** A capture that begins with a frame without time goes first. */
  #firstSeconds(source: Source): number {
    const isWithoutTime = ((source.batch.flags[0] ?? 0) & FRAME_WITHOUT_TIME) !== 0
    return isWithoutTime ? -Number.MAX_VALUE : (source.batch.seconds[0] ?? 0)
  }

  /** One past the last frame of the source that comes before every frame of the other captures. */
  #runEnd(source: Source, index: number): number {
    const { batch, position } = source
    const second = this.#heap.second
    if (second === -1) return batch.count
    const seconds = this.#heap.secondSeconds
    const nanoseconds = this.#heap.secondNanoseconds
    let end = position + 1
    while (end < batch.count) {
      const ahead = (batch.seconds[end] ?? 0) - seconds || (batch.nanoseconds[end] ?? 0) - nanoseconds
      const isWithoutTime = ((batch.flags[end] ?? 0) & FRAME_WITHOUT_TIME) !== 0
      if (!isWithoutTime && (ahead > 0 || (ahead === 0 && second < index))) break
      end += 1
    }
    return end
  }

  #handOut(source: Source, from: number, to: number, target: FrameBatch): void {
    const { batch, interfaceIndexes } = source
    target.bytes = batch.bytes
    target.count = to - from
    target.offset.set(batch.offset.subarray(from, to))
    target.capturedLength.set(batch.capturedLength.subarray(from, to))
    target.originalLength.set(batch.originalLength.subarray(from, to))
    target.seconds.set(batch.seconds.subarray(from, to))
    target.nanoseconds.set(batch.nanoseconds.subarray(from, to))
    target.linkType.set(batch.linkType.subarray(from, to))
    target.flags.set(batch.flags.subarray(from, to))
    for (let frame = from; frame < to; frame++) {
      const index = interfaceIndexes[batch.interfaceIndex[frame] ?? 0] ?? this.#rest?.id ?? 0
      target.interfaceIndex[frame - from] = index
      const described = this.#interfaces[index]
      if (described !== undefined) described.packetCount += 1
    }
  }

  #noteInterfaces(source: Source): void {
    const { interfaces } = source.reader
    for (; source.interfaceCount < interfaces.length; source.interfaceCount++) {
      const origin = interfaces[source.interfaceCount]!
      const id = this.#interfaces.length
      if (this.#rest === null && origin.isRest !== true && id < this.#listedInterfaceCountMax) {
        source.interfaceIndexes.push(id)
        this.#interfaces.push(new MergedInterface(id, origin))
        continue
      }
      // What its own reader did not list, that reader has counted.
      if (origin.isRest !== true) this.#ownNotes.addIssue('interface-not-listed', null)
      if (this.#rest === null) this.#interfaces.push((this.#rest = new MergedRest(id, origin)))
      else this.#rest.add(origin)
    }
  }

  #endAll(): void {
    this.ending = mergedEnding(
      this.#sources.map(({ name, reader }) => ({
        name,
        ending: reader.ending,
        byteOffset: reader.byteOffset,
      })),
    )
  }
}

/** Packets, bytes and time of the whole capture, exact: what capinfos prints. */

import type { FrameBatch } from '../capture/frame-batch.ts'
import { FRAME_WITHOUT_TIME, FRAME_ZERO_FILLED } from '../capture/frame-batch.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** A moment as two numbers; compared seconds first. */
export interface Moment {
  readonly seconds: number
  readonly nanoseconds: number
}

/**
 * Mergeable: `merge(later)` gives what one pass over both parts would have given. A run of all-zero records at the
 * end is counted apart, because a preallocated tail is not traffic of 1970; when another record follows, it was.
 */
export class TrafficTotals {
  packetCount = 0
  originalByteCount = 0
  capturedByteCount = 0
  truncatedPacketCount = 0
  untimedPacketCount = 0
  disorderedPacketCount = 0
  /** 1-based number of the first frame whose time lies before the frame's before it; 0 when there is none. */
  firstDisorderedFrame = 0
  /** All-zero records since the last other one. */
  zeroRunCount = 0
  /** 1-based number of the first of them; 0 when there is none. */
  zeroRunFrame = 0
  /** Timed packets, zero runs at the end left out. */
  timedPacketCount = 0
  earliestSeconds = 0
  earliestNanoseconds = 0
  latestSeconds = 0
  latestNanoseconds = 0
  /** Of the first and last timed record: where a later part is joined. */
  firstTimedFrame = 0
  firstSeconds = 0
  firstNanoseconds = 0
  lastSeconds = 0
  lastNanoseconds = 0

  observe(frames: FrameBatch): void {
    for (let i = 0; i < frames.count; i++) {
      const original = frames.originalLength[i]!
      const captured = frames.capturedLength[i]!
      this.packetCount++
      this.originalByteCount += original
      this.capturedByteCount += captured
      if (captured < original) this.truncatedPacketCount++
      const flags = frames.flags[i]! & (FRAME_WITHOUT_TIME | FRAME_ZERO_FILLED)
      if (flags === 0) {
        if (this.zeroRunCount > 0) this.#flushZeroRun()
        this.#observeTime(frames.seconds[i]!, frames.nanoseconds[i]!, this.packetCount)
      } else if ((flags & FRAME_WITHOUT_TIME) !== 0) this.untimedPacketCount++
      else if (this.zeroRunCount++ === 0) this.zeroRunFrame = this.packetCount
    }
  }

  /** Zero records turn out to stand before others: they were ordinary records at time 0. */
  #flushZeroRun(): void {
    this.#observeTime(0, 0, this.zeroRunFrame)
    this.timedPacketCount += this.zeroRunCount - 1
    this.zeroRunCount = this.zeroRunFrame = 0
  }

  #observeTime(seconds: number, nanoseconds: number, frameNumber: number): void {
    if (this.timedPacketCount === 0) {
      this.firstTimedFrame = frameNumber
      this.earliestSeconds = this.latestSeconds = this.firstSeconds = seconds
      this.earliestNanoseconds = this.latestNanoseconds = this.firstNanoseconds = nanoseconds
    } else {
      if (isBefore(seconds, nanoseconds, this.lastSeconds, this.lastNanoseconds)) {
        this.disorderedPacketCount++
        if (this.firstDisorderedFrame === 0) this.firstDisorderedFrame = frameNumber
        if (isBefore(seconds, nanoseconds, this.earliestSeconds, this.earliestNanoseconds)) {
          this.earliestSeconds = seconds
          this.earliestNanoseconds = nanoseconds
        }
      } else if (isBefore(this.latestSeconds, this.latestNanoseconds, seconds, nanoseconds)) {
        this.latestSeconds = seconds
        this.latestNanoseconds = nanoseconds
      }
    }
    this.timedPacketCount++
    this.lastSeconds = seconds
    this.lastNanoseconds = nanoseconds
  }

  /** `isAfter` is false for frames taken beside ours in time, of which none is late for coming behind our last. */
  merge(later: TrafficTotals, isAfter = true): void {
    const frameOffset = this.packetCount
    this.packetCount += later.packetCount
    this.originalByteCount += later.originalByteCount
    this.capturedByteCount += later.capturedByteCount
    this.truncatedPacketCount += later.truncatedPacketCount
    this.untimedPacketCount += later.untimedPacketCount
    if (later.timedPacketCount > 0) {
      if (this.zeroRunCount > 0) this.#flushZeroRun()
      if (this.timedPacketCount === 0) this.#takeTimesOf(later, frameOffset)
      else this.#joinTimesOf(later, frameOffset, isAfter)
    }
    if (this.zeroRunCount === 0 && later.zeroRunCount > 0)
      this.zeroRunFrame = frameOffset + later.zeroRunFrame
    this.zeroRunCount += later.zeroRunCount
  }

  #takeTimesOf(later: TrafficTotals, frameOffset: number): void {
    if (later.firstDisorderedFrame > 0) this.firstDisorderedFrame = later.firstDisorderedFrame + frameOffset
    this.timedPacketCount = later.timedPacketCount
    this.firstTimedFrame = later.firstTimedFrame + frameOffset
    this.disorderedPacketCount = later.disorderedPacketCount
    this.earliestSeconds = later.earliestSeconds
    this.earliestNanoseconds = later.earliestNanoseconds
    this.latestSeconds = later.latestSeconds
    this.latestNanoseconds = later.latestNanoseconds
    this.firstSeconds = later.firstSeconds
    this.firstNanoseconds = later.firstNanoseconds
    this.lastSeconds = later.lastSeconds
    this.lastNanoseconds = later.lastNanoseconds
  }

  #joinTimesOf(later: TrafficTotals, frameOffset: number, isAfter: boolean): void {
    const isFirst = this.firstDisorderedFrame === 0
    if (isFirst && later.firstDisorderedFrame > 0)
      this.firstDisorderedFrame = later.firstDisorderedFrame + frameOffset
    const { firstSeconds, firstNanoseconds } = later
    if (isAfter && isBefore(firstSeconds, firstNanoseconds, this.lastSeconds, this.lastNanoseconds)) {
      this.disorderedPacketCount++
      // The part's first timed frame; those before it carry no time.
      if (isFirst) this.firstDisorderedFrame = frameOffset + later.firstTimedFrame
    }
    this.timedPacketCount += later.timedPacketCount
    this.disorderedPacketCount += later.disorderedPacketCount
    if (
      isBefore(
        later.earliestSeconds,
        later.earliestNanoseconds,
        this.earliestSeconds,
        this.earliestNanoseconds,
      )
    ) {
      this.earliestSeconds = later.earliestSeconds
      this.earliestNanoseconds = later.earliestNanoseconds
    }
    if (isBefore(this.latestSeconds, this.latestNanoseconds, later.latestSeconds, later.latestNanoseconds)) {
      this.latestSeconds = later.latestSeconds
      this.latestNanoseconds = later.latestNanoseconds
    }
    this.lastSeconds = later.lastSeconds
    this.lastNanoseconds = later.lastNanoseconds
  }

  writePart(part: PartWriter): void {
    part.numbers('counts', [
      this.packetCount,
      this.originalByteCount,
      this.capturedByteCount,
      this.truncatedPacketCount,
      this.untimedPacketCount,
      this.disorderedPacketCount,
      this.firstDisorderedFrame,
      this.zeroRunCount,
      this.timedPacketCount,
      this.firstTimedFrame,
      this.zeroRunFrame,
    ])
    part.numbers('times', [
      this.earliestSeconds,
      this.earliestNanoseconds,
      this.latestSeconds,
      this.latestNanoseconds,
      this.firstSeconds,
      this.firstNanoseconds,
      this.lastSeconds,
      this.lastNanoseconds,
    ])
  }

  /** Throws PartError. */
  readPart(part: PartReader): void {
    const counts = part.numbers('counts', 11)
    this.packetCount = counts[0]!
    this.originalByteCount = counts[1]!
    this.capturedByteCount = counts[2]!
    this.truncatedPacketCount = counts[3]!
    this.untimedPacketCount = counts[4]!
    this.disorderedPacketCount = counts[5]!
    this.firstDisorderedFrame = counts[6]!
    this.zeroRunCount = counts[7]!
    this.timedPacketCount = counts[8]!
    this.firstTimedFrame = counts[9]!
    this.zeroRunFrame = counts[10]!
    // Seconds before 1970 are negative.
    const times = part.exactly(part.float64('times', 8), 8)
    this.earliestSeconds = times[0]!
    this.earliestNanoseconds = times[1]!
    this.latestSeconds = times[2]!
    this.latestNanoseconds = times[3]!
    this.firstSeconds = times[4]!
    this.firstNanoseconds = times[5]!
    this.lastSeconds = times[6]!
    this.lastNanoseconds = times[7]!
  }

  /** Earliest time of the capture; null when no packet carries one. A capture of nothing but zeros is at time 0. */
  earliest(): Moment | null {
    if (this.timedPacketCount > 0)
      return { seconds: this.earliestSeconds, nanoseconds: this.earliestNanoseconds }
    return this.zeroRunCount > 0 ? { seconds: 0, nanoseconds: 0 } : null
  }

  latest(): Moment | null {
    if (this.timedPacketCount > 0) return { seconds: this.latestSeconds, nanoseconds: this.latestNanoseconds }
    return this.zeroRunCount > 0 ? { seconds: 0, nanoseconds: 0 } : null
  }
}

function isBefore(
  seconds: number,
  nanoseconds: number,
  thanSeconds: number,
  thanNanoseconds: number,
): boolean {
  return seconds < thanSeconds || (seconds === thanSeconds && nanoseconds < thanNanoseconds)
}

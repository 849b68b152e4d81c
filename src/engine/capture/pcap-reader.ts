/**
 * Reads the pcap format: a file header, then records of a short header and the captured bytes.
 * Format: draft-ietf-opsawg-pcap; the older and patched versions as libpcap's sf-pcap.c reads them.
 */

import type { CaptureEnding, CaptureEndingKind } from './capture-ending.ts'
import type { CaptureInterface } from './capture-interface.ts'
import { CaptureNoteBook } from './capture-note-book.ts'
import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'
import type { CaptureReader } from './capture-reader.ts'
import { FedReader } from './fed-reader.ts'
import { FRAME_BATCH_MAX, FRAME_ZERO_FILLED } from './frame-batch.ts'
import type { FrameBatch } from './frame-batch.ts'
import { recordLengthMax } from './frame-limits.ts'
import { LongRecord } from './long-record.ts'
import { PCAP_FILE_HEADER_LENGTH, readPcapFileHeader } from './pcap-file-header.ts'
import type { PcapFileHeader } from './pcap-file-header.ts'

/** The magic at the start of the window must be one that pcapByteOrder knows. */
export class PcapReader extends FedReader implements CaptureReader {
  readonly format = 'pcap'
  readonly interfaces: CaptureInterface[] = []
  readonly notes = new CaptureNoteBook()
  ending: CaptureEnding | null = null
  #header: PcapFileHeader | null = null
  #frameCount = 0
  #longRecord: LongRecord | null = null

  get byteOffset(): number {
    return this.#longRecord?.byteOffset ?? this.window.byteOffset
  }

  next(batch: FrameBatch): number {
    batch.count = 0
    if (this.ending !== null) return 0
    const header = this.#header ?? this.#readFileHeader()
    if (header === null) return 0
    if (this.#longRecord !== null) return this.#nextLongRecord(this.#longRecord, batch)
    const count = this.#readRecords(header, batch)
    return count > 0 ? count : this.#stopOrWait(header, batch)
  }

  /** Hop from record to record as far as the window and the batch reach. */
  #readRecords(header: PcapFileHeader, batch: FrameBatch): number {
    const window = this.window
    const { view, end } = window
    const { littleEndian, recordHeaderLength, linkType, ticksPerSecond, lengthOrder } = header
    const nanosecondsPerTick = 1_000_000_000 / ticksPerSecond
    const snaplenOrMax = header.snaplen === 0 ? CAPTURED_LENGTH_MAX : header.snaplen
    const { offset, capturedLength, originalLength, seconds, nanoseconds, flags } = batch
    let at = window.start
    let count = 0
    let zeroFilledCount = 0
    while (count < FRAME_BATCH_MAX && at + recordHeaderLength <= end) {
      let captured = view.getUint32(at + 8, littleEndian)
      let original = view.getUint32(at + 12, littleEndian)
      if (lengthOrder !== 'captured-first' && (lengthOrder === 'original-first' || captured > original)) {
        const first = captured
        captured = original
        original = first
      }
      if (captured > CAPTURED_LENGTH_MAX) break
      const frameStart = at + recordHeaderLength
      if (frameStart + captured > end) break
      let second = view.getUint32(at, littleEndian)
      let tick = view.getUint32(at + 4, littleEndian)
      if (tick >= ticksPerSecond) {
        this.notes.addIssue('fraction-out-of-range', this.#frameCount + count + 1)
        second += Math.floor(tick / ticksPerSecond)
        tick %= ticksPerSecond
      }
      if (captured > original || captured > snaplenOrMax) {
        this.#noteLength(captured, original, header.snaplen, this.#frameCount + count + 1)
      }
      offset[count] = frameStart
      capturedLength[count] = captured
      originalLength[count] = original
      seconds[count] = second
      nanoseconds[count] = tick * nanosecondsPerTick
      if (captured === 0 && original === 0 && second === 0 && tick === 0) {
        flags[count] = FRAME_ZERO_FILLED
        // The first one at once, so that issues are in the order of their frames; there may be very many more.
        if (zeroFilledCount === 0) this.notes.addIssue('zero-filled-record', this.#frameCount + count + 1)
        zeroFilledCount += 1
      } else {
        flags[count] = 0
      }
      count += 1
      at = frameStart + captured
    }
    if (count === 0) return 0
    if (zeroFilledCount > 1) this.notes.addIssue('zero-filled-record', null, zeroFilledCount - 1)
    batch.bytes = window.bytes
    batch.interfaceIndex.fill(0, 0, count)
    batch.linkType.fill(linkType, 0, count)
    window.start = at
    this.#countFrames(batch, count)
    return count
  }

  /** No complete record lies at the window's start: find out whether more bytes can help. */
  #stopOrWait(header: PcapFileHeader, batch: FrameBatch): number {
    const { view, start, unreadCount } = this.window
    if (unreadCount < header.recordHeaderLength) {
      if (!this.isFinished) return 0
      return unreadCount === 0
        ? this.#endOfBytes('complete', '')
        : this.#endOfBytes(
            'truncated-record',
            `The capture ends ${unreadCount} bytes into a record header of ${header.recordHeaderLength} bytes.`,
          )
    }
    const first = view.getUint32(start + 8, header.littleEndian)
    const second = view.getUint32(start + 12, header.littleEndian)
    const isExchanged =
      header.lengthOrder === 'original-first' ||
      (header.lengthOrder === 'shorter-is-captured' && first > second)
    const captured = isExchanged ? second : first
    const limit = recordLengthMax(header.linkType)
    if (captured > limit) {
      return this.#end(
        'record-too-long',
        `A record claims ${captured} captured bytes, and none can have more than ${limit}: the record header is damaged.`,
      )
    }
    if (captured > CAPTURED_LENGTH_MAX) {
      this.#longRecord = this.#openLongRecord(header, captured, isExchanged ? first : second)
      return this.#nextLongRecord(this.#longRecord, batch)
    }
    if (!this.isFinished) return 0
    return this.#endInsideRecord(captured, unreadCount - header.recordHeaderLength)
  }

  #openLongRecord(header: PcapFileHeader, captured: number, original: number): LongRecord {
    const window = this.window
    const tick = window.view.getUint32(window.start + 4, header.littleEndian)
    const frameNumber = this.#frameCount + 1
    if (tick >= header.ticksPerSecond) this.notes.addIssue('fraction-out-of-range', frameNumber)
    this.#noteLength(captured, original, header.snaplen, frameNumber)
    const longRecord = new LongRecord(window.byteOffset, captured, {
      originalLength: original,
      seconds:
        window.view.getUint32(window.start, header.littleEndian) + Math.floor(tick / header.ticksPerSecond),
      nanoseconds: (tick % header.ticksPerSecond) * (1_000_000_000 / header.ticksPerSecond),
      interfaceIndex: 0,
      linkType: header.linkType,
      flags: 0,
    })
    window.start += header.recordHeaderLength
    return longRecord
  }

  #nextLongRecord(longRecord: LongRecord, batch: FrameBatch): number {
    if (!longRecord.consume(this.window)) {
      return this.isFinished ? this.#endInsideRecord(longRecord.byteCount, longRecord.consumedCount) : 0
    }
    longRecord.emit(batch)
    this.#longRecord = null
    this.notes.addIssue('captured-bytes-skipped', this.#frameCount + 1)
    this.notes.capturedBytesNotKept += longRecord.skippedCount
    this.#countFrames(batch, 1)
    return 1
  }

  #readFileHeader(): PcapFileHeader | null {
    const window = this.window
    if (window.unreadCount < PCAP_FILE_HEADER_LENGTH) {
      if (this.isFinished) {
        this.#endOfBytes(
          'truncated-file-header',
          `The file has ${window.unreadCount} of the ${PCAP_FILE_HEADER_LENGTH} bytes of a pcap file header.`,
        )
      }
      return null
    }
    const header = readPcapFileHeader(window.view, window.start)
    if ('kind' in header) {
      this.ending = header
      return null
    }
    if (header.majorVersion !== 2 || header.minorVersion > 4) this.notes.addIssue('unusual-version', null)
    window.start += PCAP_FILE_HEADER_LENGTH
    this.interfaces.push({
      id: 0,
      linkType: header.linkType,
      snaplen: header.snaplen,
      timestampResolution: header.ticksPerSecond === 1_000_000 ? '10^-6' : '10^-9',
      name: null,
      description: null,
      fcsLength: header.fcsLength,
      packetCount: 0,
      droppedCount: null,
      receivedCount: null,
    })
    this.#header = header
    return header
  }

  #noteLength(captured: number, original: number, snaplen: number, frameNumber: number): void {
    if (captured > original) this.notes.addIssue('captured-longer-than-original', frameNumber)
    if (snaplen !== 0 && captured > snaplen) this.notes.addIssue('captured-longer-than-snaplen', frameNumber)
  }

  #countFrames(batch: FrameBatch, count: number): void {
    batch.count = count
    this.#frameCount += count
    const captureInterface = this.interfaces[0]
    if (captureInterface !== undefined) captureInterface.packetCount += count
  }

  #endInsideRecord(captured: number, presentCount: number): 0 {
    return this.#endOfBytes(
      'truncated-record',
      `The capture ends inside a record: ${presentCount} of its ${captured} captured bytes are there.`,
    )
  }

  /** The bytes are used up: for the reason the host gave, or else for the one seen here. */
  #endOfBytes(kind: CaptureEndingKind, detail: string): 0 {
    return this.#end(this.interruption?.kind ?? kind, this.interruption?.detail ?? detail)
  }

  #end(kind: CaptureEndingKind, detail: string): 0 {
    this.ending = { kind, byteOffset: this.byteOffset, detail }
    return 0
  }
}

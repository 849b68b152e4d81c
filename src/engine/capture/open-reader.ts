/** A reader for a capture of any format: recognises it by its first bytes, then hands everything to the right reader. */

import { ByteWindow, WINDOW_BYTES_START } from './byte-window.ts'
import type { WritableBytes } from './byte-window.ts'
import type { CaptureEnding } from './capture-ending.ts'
import type { CaptureInterface } from './capture-interface.ts'
import { CAPTURE_LIMITS } from './capture-limits.ts'
import type { CaptureLimits } from './capture-limits.ts'
import { CaptureNoteBook } from './capture-note-book.ts'
import type { CaptureInterruption, CaptureNotes, CaptureReader } from './capture-reader.ts'
import {
  describeForeignFile,
  detectCaptureFormat,
  FOREIGN_MAGIC_LENGTH,
  FORMAT_MAGIC_LENGTH,
} from './detect-format.ts'
import type { FrameBatch } from './frame-batch.ts'
import { InterfaceCeiling } from './interface-ceiling.ts'
import { PcapReader } from './pcap-reader.ts'
import { PcapngReader } from './pcapng-reader.ts'

/** Delegates once a batch, so no frame pays for it. */
export class OpenReader implements CaptureReader {
  readonly #window: ByteWindow
  readonly #limits: CaptureLimits
  readonly #ceiling: InterfaceCeiling
  /** Notes made before the format is known; nothing else can be noted then. */
  readonly #earlyNotes = new CaptureNoteBook()
  #reader: CaptureReader | null = null
  #ending: CaptureEnding | null = null
  #isFinished = false
  #interruption: CaptureInterruption | undefined

  /**
   * `windowBytesStart`: memory taken at the beginning; grown when records need it. `ceiling`: what captures that are read as
   * one share.
   */
  constructor(
    limits: CaptureLimits = CAPTURE_LIMITS,
    windowBytesStart: number = WINDOW_BYTES_START,
    ceiling: InterfaceCeiling = new InterfaceCeiling(limits),
  ) {
    this.#limits = limits
    this.#ceiling = ceiling
    this.#window = new ByteWindow(windowBytesStart)
  }

  /** `pcap` until the first bytes say otherwise; of no meaning when they are neither. */
  get format(): 'pcap' | 'pcapng' {
    return this.#reader?.format ?? 'pcap'
  }

  get ending(): CaptureEnding | null {
    return this.#reader === null ? this.#ending : this.#reader.ending
  }

  get byteOffset(): number {
    return this.#reader?.byteOffset ?? 0
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#reader?.interfaces ?? []
  }

  get notes(): CaptureNotes {
    return this.#reader?.notes ?? this.#earlyNotes
  }

  writable(byteCountMin: number): WritableBytes {
    return this.#window.writable(byteCountMin)
  }

  commit(byteCount: number): void {
    this.#window.commit(byteCount)
  }

  finish(because?: CaptureInterruption): void {
    if (this.#isFinished) return
    this.#isFinished = true
    this.#interruption = because
    this.#reader?.finish(because)
  }

  next(batch: FrameBatch): number {
    const reader = this.#reader ?? this.#recognize()
    if (reader !== null) return reader.next(batch)
    batch.count = 0
    return 0
  }

  #recognize(): CaptureReader | null {
    if (this.#ending !== null) return null
    const { bytes, start, end, unreadCount } = this.#window
    const format = unreadCount >= FORMAT_MAGIC_LENGTH ? detectCaptureFormat(bytes, start) : null
    if (format !== null) {
      this.#reader =
        format === 'pcap'
          ? new PcapReader(this.#window)
          : new PcapngReader(this.#window, this.#limits, this.#ceiling)
      for (const { kind, firstFrame, count } of this.#earlyNotes.issues) {
        this.#reader.notes.addIssue(kind, firstFrame, count)
      }
      if (this.#isFinished) this.#reader.finish(this.#interruption)
      return this.#reader
    }
    if (this.#isFinished || unreadCount >= FOREIGN_MAGIC_LENGTH) {
      this.#ending = { ...this.#explain(bytes, start, end), byteOffset: 0 }
    }
    return null
  }

  #explain(bytes: Uint8Array, start: number, end: number): CaptureInterruption {
    // Too few bytes to tell anything: then why they stopped says more than they do.
    if (this.#interruption !== undefined && end - start < FORMAT_MAGIC_LENGTH) return this.#interruption
    if (end === start) {
      return {
        kind: 'empty-file',
        detail: 'The file is empty. Check that the capture or the copy was finished.',
      }
    }
    return describeForeignFile(bytes, start, end)
  }
}

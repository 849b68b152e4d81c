/** The half of a reader that takes bytes in: a window, and the word that no more will come. */

import { ByteWindow, type WritableBytes } from './byte-window.ts'
import type { CaptureInterruption } from './capture-reader.ts'

/** What readers of one format share; each adds how it hands frames out. Only the first `finish` counts. */
export abstract class FedReader {
  protected readonly window: ByteWindow
  protected isFinished = false
  /** Why the bytes stopped early; null when they did not. */
  protected interruption: CaptureInterruption | null = null

  /** `window` starts at the first byte of the file. */
  constructor(window: ByteWindow = new ByteWindow()) {
    this.window = window
  }

  writable(byteCountMin: number): WritableBytes {
    return this.window.writable(byteCountMin)
  }

  commit(byteCount: number): void {
    this.window.commit(byteCount)
  }

  finish(because?: CaptureInterruption): void {
    if (this.isFinished) return
    this.isFinished = true
    this.interruption = because ?? null
  }
}

/** Where the bytes of a capture come from: a plain file, read block by block straight into the reader's window. */

import { fstatSync, readSync, statSync } from 'node:fs'
import type { CaptureIssueKind } from '../../engine/capture/capture-note-book.ts'
import type { CaptureInterruption } from '../../engine/capture/capture-reader.ts'
import { errorText } from './capture-file.ts'
import type { CaptureFileHandle } from './capture-file.ts'

/** How much of the file on disk is read; the same unit whether or not it is compressed. */
export interface CaptureProgress {
  readonly bytesRead: number
  /** Infinity as long as nobody knows it, as of a pipe. */
  readonly bytesTotal: number
}

/** What every source has. Reading never throws: a failure shows as 0 bytes and an `interruption`. */
export interface CaptureSourceState {
  readonly progress: CaptureProgress
  /** Why the bytes stopped before the end of the capture; null as long as they did not. */
  readonly interruption: CaptureInterruption | null
  /** Oddities of the file or its packaging, complete once the source is at its end. */
  readonly issues: readonly CaptureIssueKind[]
}

export interface CaptureSource extends CaptureSourceState {
  /** Put up to `length` bytes at `bytes[offset ..]`. Returns how many, a promise when they are yet to come; 0 means the end. */
  read(bytes: Uint8Array, offset: number, length: number): number | Promise<number>
}

/** Sees every byte of the file on disk, in order; used for hashing. */
export type FileBytesListener = (bytes: Uint8Array, offset: number, length: number) => void

/**
 * The bytes of a plain file. A file that grows meanwhile is read to its length when its first end was reached, so
 * that a writer that never stops cannot hold the analysis.
 */
export class FileSource implements CaptureSource {
  interruption: CaptureInterruption | null = null
  readonly issues: CaptureIssueKind[] = []
  readonly #file: CaptureFileHandle
  readonly #onBytes: FileBytesListener | null
  #bytesRead = 0
  #bytesTotal: number
  #hasLookedForGrowth = false

  constructor(file: CaptureFileHandle, onBytes: FileBytesListener | null = null) {
    this.#file = file
    this.#onBytes = onBytes
    this.#bytesTotal = file.byteCount
  }

  get progress(): CaptureProgress {
    return { bytesRead: this.#bytesRead, bytesTotal: this.#bytesTotal }
  }

  read(bytes: Uint8Array, offset: number, length: number): number {
    if (this.interruption !== null) return 0
    try {
      if (this.#bytesRead === this.#bytesTotal) this.#lookForGrowth()
      const wanted = Math.min(length, this.#bytesTotal - this.#bytesRead)
      if (wanted === 0) return 0
      const count = readSync(this.#file.descriptor, bytes, offset, wanted, this.#bytesRead)
      if (count === 0) {
        this.#interrupt(`the file became shorter while it was read: it had ${this.#bytesTotal} bytes.`)
        return 0
      }
      this.#bytesRead += count
      this.#onBytes?.(bytes, offset, count)
      return count
    } catch (error) {
      this.#interrupt(
        `reading the file failed with ${errorText(error)}. Copy it to a local disk and try again.`,
      )
      return 0
    }
  }

  #lookForGrowth(): void {
    if (this.#hasLookedForGrowth) return
    this.#hasLookedForGrowth = true
    const now = fstatSync(this.#file.descriptor)
    if (now.size > this.#bytesTotal) {
      this.issues.push('file-still-growing')
      this.#bytesTotal = now.size
    } else if (now.mtimeMs !== this.#file.stats.mtimeMs) {
      this.issues.push('file-changed-while-read')
    }
    if (!this.#isStillAtPath(now.dev, now.ino)) this.issues.push('file-replaced-while-read')
  }

  #isStillAtPath(device: number, inode: number): boolean {
    const atPath = statSync(this.#file.path, { throwIfNoEntry: false })
    return atPath !== undefined && atPath.dev === device && atPath.ino === inode
  }

  #interrupt(what: string): void {
    this.interruption = { kind: 'read-error', detail: `After ${this.#bytesRead} bytes ${what}` }
  }
}

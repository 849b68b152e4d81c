/** Carries bytes from a source to a reader, block by block, and lets the caller work and decide in between. */

import type { CaptureReader } from '../../engine/capture/capture-reader.ts'
import type { CaptureSource } from './capture-source.ts'
import type { DecompressedSource } from '../decompress/decompress.ts'

/** Measured: smaller blocks cost system calls, larger ones leave the second-level cache. */
export const BLOCK_BYTES = 262_144

/** Blocks of all captures together: more than 64 at once take no more memory than 64 do. */
const ALL_BLOCKS_BYTES = 64 * BLOCK_BYTES
/** Smaller blocks would cost more system calls than the memory is worth. */
const BLOCK_BYTES_MIN = 16_384

/** How much of each capture to read at a time when `captureCount` of them are read as one. */
export function blockBytesFor(captureCount: number): number {
  return Math.max(BLOCK_BYTES_MIN, Math.min(BLOCK_BYTES, Math.floor(ALL_BLOCKS_BYTES / captureCount)))
}

/** The caller drains the reader after each block (`while (reader.next(batch) > 0)`) and stops when the reader has ended. */
export class SourceFeed {
  readonly #source: CaptureSource | DecompressedSource
  readonly #reader: CaptureReader
  readonly #blockBytes: number

  /** `blockBytes`: how much to read at a time. */
  constructor(
    source: CaptureSource | DecompressedSource,
    reader: CaptureReader,
    blockBytes: number = BLOCK_BYTES,
  ) {
    this.#source = source
    this.#reader = reader
    this.#blockBytes = blockBytes
  }

  /** Bring the next block to the reader. False when there is no more; a promise while it is being unpacked. */
  feed(): boolean | Promise<boolean> {
    const room = this.#reader.writable(this.#blockBytes)
    const read = this.#source.read(room.bytes, room.offset, this.#blockBytes)
    return typeof read === 'number' ? this.#take(read) : read.then((count) => this.#take(count))
  }

  /** End the reader where it is. Frames that it has are kept. */
  cancel(): void {
    if (this.#reader.ending !== null) return
    const { bytesRead, bytesTotal } = this.#source.progress
    const share =
      bytesTotal === Infinity ? String(bytesRead) : `${String(bytesRead)} of ${String(bytesTotal)}`
    const detail = `The analysis was cancelled after ${share} bytes of the file.`
    this.#reader.finish({ kind: 'cancelled', detail })
  }

  #take(count: number): boolean {
    if (count > 0) {
      this.#reader.commit(count)
      return true
    }
    for (const issue of this.#source.issues) this.#reader.notes.addIssue(issue, null)
    this.#reader.finish(this.#source.interruption ?? undefined)
    return false
  }
}

/** What every capture format's reader is: bytes in by block, batches of frames out, never any input or output. */

import type { CaptureEnding, CaptureEndingKind } from './capture-ending.ts'
import type { FrameBatch } from './frame-batch.ts'
import type { CaptureInterface } from './capture-interface.ts'
import type { CaptureIssueKind } from './capture-note-book.ts'

/** No writer that libpcap reads exceeds this (MAXIMUM_SNAPLEN of pcap-int.h), so a longer record is damage. */
export const CAPTURED_LENGTH_MAX = 262_144

/**
 * A reader is fed with `writable` + `commit` (no copy) or `pushBytes` (one copy), and drained with `next`.
 * It never throws on any bytes, never looks back, and moves forward by at least one byte on every call.
 */
export interface CaptureReader {
  /**
   * Space for the next bytes of the capture: at least `byteCountMin` bytes at `window.bytes[window.end ..]`.
   * Invalidates the last batch. The caller writes n bytes there and calls `commit(n)`.
   */
  writable(byteCountMin: number): {
    readonly bytes: Uint8Array
    readonly offset: number
    readonly length: number
  }
  commit(byteCount: number): void
  /**
   * No more bytes will come: what is left over now is a cut record. `because` says why when the capture did not come
   * to its own end (`read-error`, `truncated-compression`, `cancelled` …); it becomes the ending once all complete
   * frames are handed out, unless the reader found a reason of its own before. Only the first call counts.
   */
  finish(because?: CaptureInterruption): void
  /**
   * Fill `batch` with the next frames. Returns the number of frames; 0 means that more bytes are needed, or,
   * when `ending` is not null, that the capture is over.
   */
  next(batch: FrameBatch): number
  /** Null until the capture is over. */
  readonly ending: CaptureEnding | null
  /** Offset in the (uncompressed) capture of the first byte not yet handed out. */
  readonly byteOffset: number
  readonly format: 'pcap' | 'pcapng'
  /** Known so far; only grows. */
  readonly interfaces: readonly CaptureInterface[]
  /** Texts and oddities that belong to the file and not to a packet. */
  readonly notes: CaptureNotes
}

/** Why the bytes of a capture stopped coming before its end. */
export interface CaptureInterruption {
  readonly kind: CaptureEndingKind
  /** One sentence for people. */
  readonly detail: string
}

export interface CaptureNotes {
  /** Named oddities of the container, with how often and the number (1-based) of the first frame after it. */
  readonly issues: readonly {
    readonly kind: CaptureIssueKind
    readonly count: number
    readonly firstFrame: number | null
  }[]
  /** Section and packet comments, at most COMMENT_COUNT_MAX, each cut at COMMENT_LENGTH_MAX characters. */
  readonly comments: readonly { readonly frame: number | null; readonly text: string }[]
  readonly commentCount: number
  /** Names from name resolution blocks, capped likewise. */
  readonly resolvedNames: readonly { readonly address: string; readonly name: string }[]
  readonly resolvedNameCount: number
  /** What the section header says of the machine, operating system and program that wrote the capture. */
  readonly hardware: string | null
  readonly operatingSystem: string | null
  readonly application: string | null
  readonly sectionCount: number
  /** Decryption secrets blocks, counted and never shown. */
  readonly secretsBlockCount: number
  /** Captured bytes beyond CAPTURED_LENGTH_MAX of a frame: in the file, in no batch (flag FRAME_BYTES_SKIPPED). */
  readonly capturedBytesNotKept: number
  /** Count an oddity that the host saw and the reader cannot, such as bytes behind a gzip stream. */
  addIssue(kind: CaptureIssueKind, firstFrame: number | null, count?: number): void
}

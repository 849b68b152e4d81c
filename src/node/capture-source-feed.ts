/** Carries bytes from a source to a reader, block by block, and lets the caller work and decide in between. */

import type { CaptureEnding } from '../engine/capture/capture-ending.ts'
import type { CaptureReader } from '../engine/capture/capture-reader.ts'
import type { CaptureProgress, CaptureSource, CaptureSourceState } from './capture-source.ts'
import type { DecompressedSource } from './decompress.ts'

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

/**
 * Called after each block, and once more after the last. The caller drains the reader (`while (reader.next(batch) > 0)`)
 * and says whether to go on.
 */
export type OnBlock = (progress: CaptureProgress) => 'continue' | 'cancel'

/**
 * Feed `reader` from `source` until either is at its end or `onBlock` says `cancel`. Returns how the capture ended;
 * null when `onBlock` did not drain the reader to the end. Frames read before a failure or a cancel are kept.
 */
export function feedCapture(
  source: CaptureSource,
  reader: CaptureReader,
  onBlock: OnBlock,
): CaptureEnding | null {
  for (;;) {
    const room = reader.writable(BLOCK_BYTES)
    const count = source.read(room.bytes, room.offset, BLOCK_BYTES)
    if (count === 0) return finishFeeding(source, reader, onBlock)
    reader.commit(count)
    if (onBlock(source.progress) === 'cancel') return cancelFeeding(source, reader, onBlock)
    if (reader.ending !== null) return reader.ending
  }
}

/** The same for a compressed file, whose bytes come when they are unpacked. Closes the source. */
export async function feedCompressedCapture(
  source: DecompressedSource,
  reader: CaptureReader,
  onBlock: OnBlock,
): Promise<CaptureEnding | null> {
  try {
    for (;;) {
      const room = reader.writable(BLOCK_BYTES)
      const count = await source.read(room.bytes, room.offset, BLOCK_BYTES)
      if (count === 0) return finishFeeding(source, reader, onBlock)
      reader.commit(count)
      if (onBlock(source.progress) === 'cancel') return cancelFeeding(source, reader, onBlock)
      if (reader.ending !== null) return reader.ending
    }
  } finally {
    await source.close()
  }
}

function finishFeeding(
  source: CaptureSourceState,
  reader: CaptureReader,
  onBlock: OnBlock,
): CaptureEnding | null {
  for (const issue of source.issues) reader.notes.addIssue(issue, null)
  reader.finish(source.interruption ?? undefined)
  onBlock(source.progress)
  return reader.ending
}

function cancelFeeding(
  source: CaptureSourceState,
  reader: CaptureReader,
  onBlock: OnBlock,
): CaptureEnding | null {
  const { bytesRead, bytesTotal } = source.progress
  reader.finish({
    kind: 'cancelled',
    detail: `The analysis was cancelled after ${bytesRead} of ${bytesTotal} bytes of the file.`,
  })
  onBlock(source.progress)
  return reader.ending
}

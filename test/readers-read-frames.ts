/** Reads a capture held in memory and lists its frames, fed in blocks of any size. */

import type { CaptureEnding } from '../src/engine/capture/capture-ending.ts'
import type { CaptureReader } from '../src/engine/capture/capture-reader.ts'
import { FrameBatch } from '../src/engine/capture/frame-batch.ts'
import { OpenReader } from '../src/engine/capture/open-reader.ts'
import { pushBytes } from '../src/engine/capture/push-bytes.ts'

/** One frame, copied out of its batch. */
export interface ReadFrame {
  readonly seconds: number
  readonly nanoseconds: number
  readonly capturedLength: number
  readonly originalLength: number
  readonly interfaceIndex: number
  readonly linkType: number
  readonly flags: number
  readonly bytes: Uint8Array
}

export interface ReadCapture {
  readonly frames: ReadFrame[]
  readonly ending: CaptureEnding
  readonly reader: CaptureReader
}

/** How many bytes to feed next. */
export type BlockSize = number | (() => number)

/** Feed `bytes` to `reader` block by block, drain it after each, finish it, and list what came out. */
export function readFrames(
  bytes: Uint8Array,
  blockSize: BlockSize = 262_144,
  reader: CaptureReader = new OpenReader(),
): ReadCapture {
  const frames: ReadFrame[] = []
  const batch = new FrameBatch()
  for (let offset = 0; offset < bytes.length && reader.ending === null;) {
    const size = typeof blockSize === 'number' ? blockSize : blockSize()
    pushBytes(reader, bytes.subarray(offset, offset + size))
    offset += size
    drain(reader, batch, frames)
  }
  if (reader.ending === null) {
    reader.finish()
    drain(reader, batch, frames)
  }
  if (reader.ending === null) throw new Error('the reader is finished and drained, and has no ending')
  return { frames, ending: reader.ending, reader }
}

/** Append every frame that the reader can hand out. */
export function drain(reader: CaptureReader, batch: FrameBatch, frames: ReadFrame[]): void {
  while (reader.next(batch) > 0) {
    for (let i = 0; i < batch.count; i++) frames.push(copyFrame(batch, i))
  }
}

function copyFrame(batch: FrameBatch, i: number): ReadFrame {
  const start = batch.offset[i]!
  return {
    seconds: batch.seconds[i]!,
    nanoseconds: batch.nanoseconds[i]!,
    capturedLength: batch.capturedLength[i]!,
    originalLength: batch.originalLength[i]!,
    interfaceIndex: batch.interfaceIndex[i]!,
    linkType: batch.linkType[i]!,
    flags: batch.flags[i]!,
    bytes: batch.bytes.slice(start, start + batch.capturedLength[i]!),
  }
}

/** Kinds of the issues that the reader noted, with their counts. */
export function issueCounts(reader: CaptureReader): Record<string, number> {
  return Object.fromEntries(reader.notes.issues.map(({ kind, count }) => [kind, count]))
}

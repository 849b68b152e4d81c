/** Drives a decompressor of node:zlib by hand, so that nothing that it unpacked is lost when the data is cut or damaged. */

import type { Transform } from 'node:stream'
import type { DecompressInput } from './input.ts'

/** A stream of node:zlib. */
export interface DecompressEngine extends Transform {
  /** Bytes that the engine has consumed. */
  readonly bytesWritten: number
}

/** What one step may unpack, and how many steps may wait to be read. Node's types do not list the second for zlib. */
export function engineOptions(chunkSize: number): {
  readonly chunkSize: number
  readonly highWaterMark: number
} {
  return { chunkSize, highWaterMark: 4 * chunkSize }
}

/** How much input and output an engine gets in one step. Measured: smaller ones cost time in large files. */
const STEP_BYTES_MAX = 131_072
const STEP_BYTES_MIN = 1_024
const STEPS_A_FILE = 64
/** From this length of a file on, its steps are the largest. */
export const LARGEST_STEPS_FROM_BYTES = STEPS_A_FILE * STEP_BYTES_MAX

/**
 * Bytes of one step, for a file of `fileByteCount`. What damage hits in a step is lost with it, so the steps of a small
 * file are small.
 */
export function stepBytes(fileByteCount: number): number {
  return Math.min(STEP_BYTES_MAX, Math.max(STEP_BYTES_MIN, Math.ceil(fileByteCount / STEPS_A_FILE)))
}

/**
 * Yields what the engine makes of `input`, at most `inputStep` bytes of it at a time, each chunk valid until the next is asked
 * for. Returns `ended` when the engine wants no more, with `input` at the first byte behind; `starved` when it wants more and
 * there is no more. Throws what the engine fails with. The engine is destroyed in any case.
 */
export async function* runEngine(
  engine: DecompressEngine,
  input: DecompressInput,
  inputStep: number,
): AsyncGenerator<Uint8Array, 'ended' | 'starved'> {
  let wake: (() => void) | null = null
  let isWriting = false
  const onChange = (): void => {
    wake?.()
    wake = null
  }
  engine.on('readable', onChange)
  engine.on('error', onChange)
  engine.on('end', onChange)
  try {
    for (let consumedBefore = 0, given = 0, isStarved = false; ;) {
      const chunk = engine.read() as Uint8Array | null
      if (chunk !== null) {
        yield chunk
        continue
      }
      if (engine.errored !== null) throw engine.errored
      if (isStarved && engine.readableEnded) return 'starved'
      if (!isWriting && !isStarved) {
        const consumed = engine.bytesWritten - consumedBefore
        consumedBefore = engine.bytesWritten
        input.start += consumed
        // What the engine leaves over is behind the end of its data.
        if (consumed < given) return 'ended'
        if (await input.has(1)) {
          given = Math.min(inputStep, input.unreadCount)
          isWriting = true
          engine.write(input.bytes.subarray(input.start, input.start + given), () => {
            isWriting = false
            onChange()
          })
        } else {
          isStarved = true
          engine.end()
        }
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    engine.destroy()
  }
}

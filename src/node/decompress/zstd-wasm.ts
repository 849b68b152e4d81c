/**
 * Unpacks Zstandard (RFC 8878) with the official decoder compiled to WebAssembly (zstddec), for a Node that cannot do it
 * itself.
 */

import { ZSTDDecoder } from 'zstddec/stream'
import { DecompressionFailure, damagedCompression, truncatedCompression } from './failure.ts'
import type { DecompressInput } from './input.ts'

/** Bytes given to the decoder at a time. Fewer waste calls; more let a bomb run longer after it was noticed. */
const STEP_BYTES = 16_384

/** Memory of the decoder that damaged data keeps for ever is as much as its window, at most 128 MiB. */
const LOST_DECODER_COUNT_MAX = 16

let lostDecoderCount = 0

/** Yields the unpacked bytes; each chunk is valid until the next one is asked for. Throws DecompressionFailure. */
export async function* unpackZstdByWasm(input: DecompressInput): AsyncGenerator<Uint8Array, void> {
  if (lostDecoderCount >= LOST_DECODER_COUNT_MAX) {
    throw new DecompressionFailure(
      'unsupported-format',
      'Too many damaged Zstandard files were opened. Start the program again, or use Node 22.15 or later.',
    )
  }
  const decoder = new ZSTDDecoder()
  await decoder.init()
  const feed = new StepFeed(input)
  const chunks = decoder.decodeStreaming(feed)
  let isOver = false
  try {
    for (let stepsWithoutOutput = 0; ;) {
      // The decoder takes at most one step a call, and cannot wait for it.
      await input.has(1)
      const next = nextChunk(chunks)
      if (next === 'incomplete') {
        isOver = true
        throw truncatedCompression('Zstandard')
      }
      if (next === 'over') {
        isOver = true
        return
      }
      if (next.length > 0) {
        stepsWithoutOutput = 0
        yield next
        continue
      }
      // The decoder does not report damage: it yields nothing, for ever, and takes no more input. Sound data takes at
      // least one byte a call, so a step of n bytes allows n empty yields.
      stepsWithoutOutput = feed.hasAdvanced() ? 0 : stepsWithoutOutput + 1
      if (stepsWithoutOutput > STEP_BYTES) {
        isOver = true
        lostDecoderCount += 1
        throw damagedCompression('Zstandard', 'a frame or block in it is not valid')
      }
    }
  } finally {
    if (!isOver) releaseDecoder(feed, chunks)
  }
}

/** Hands the input to the decoder in steps, and ends it early when asked to. */
class StepFeed implements Iterable<Uint8Array> {
  isStopped = false
  readonly #input: DecompressInput
  #stepCount = 0
  #stepCountSeen = 0

  constructor(input: DecompressInput) {
    this.#input = input
  }

  /** Was a step handed out since the last call? */
  hasAdvanced(): boolean {
    const hasAdvanced = this.#stepCount !== this.#stepCountSeen
    this.#stepCountSeen = this.#stepCount
    return hasAdvanced
  }

  *[Symbol.iterator](): Generator<Uint8Array, void> {
    while (!this.isStopped && this.#input.unreadCount > 0) {
      const { bytes, start, end } = this.#input
      const stepEnd = Math.min(end, start + STEP_BYTES)
      this.#input.start = stepEnd
      this.#stepCount += 1
      yield bytes.subarray(start, stepEnd)
    }
  }
}

function nextChunk(chunks: Generator<Uint8Array>): Uint8Array | 'over' | 'incomplete' {
  try {
    const next = chunks.next()
    return next.done === true ? 'over' : next.value
  } catch {
    // Thrown at the end of the input, inside a frame.
    return 'incomplete'
  }
}

/** The decoder frees its memory only when its input ends, so let it come to an end after a cancel. */
function releaseDecoder(feed: StepFeed, chunks: Generator<Uint8Array>): void {
  feed.isStopped = true
  for (let stepsWithoutOutput = 0; stepsWithoutOutput <= STEP_BYTES;) {
    const next = nextChunk(chunks)
    if (typeof next === 'string') return
    stepsWithoutOutput = next.length > 0 ? 0 : stepsWithoutOutput + 1
  }
}

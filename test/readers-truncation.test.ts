/**
 * Small captures cut after every byte: the frames that lay wholly before the cut are there, and the ending has a kind, an offset and a
 * sentence. `NTA_TRUNCATED_CAPTURES` sets how many are cut.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NOTHING_READ_ENDINGS } from '../src/engine/capture/capture-ending.ts'
import { CAPTURE_LIMITS } from '../src/engine/capture/capture-limits.ts'
import { OpenReader } from '../src/engine/capture/open-reader.ts'
import { hasSharedCaptures, sharedCaptures } from './captures/shared-captures.ts'
import { modelCapture } from './fuzz/capture-model.ts'
import { makeSeeds } from './fuzz/seeds.ts'
import { readFrames } from './readers-read-frames.ts'

const COUNT = Number(process.env['NTA_TRUNCATED_CAPTURES'] ?? 200)
const LENGTH_MAX = 1_500
const WINDOW_BYTES = 2_048

const own = makeSeeds(false).captures.filter(({ length }) => length > 0 && length <= LENGTH_MAX)
const shared = sharedCaptures()
  .filter(({ path, size }) => size <= LENGTH_MAX && /\.(pcap|pcapng|cap)$/.test(path))
  .map(({ path }) => readFileSync(path))

/** What is wrong with the reading of the first bytes; null when nothing is. */
function wrongAt(capture: Uint8Array, length: number): string | null {
  const part = capture.subarray(0, length)
  const { frames, ending } = readFrames(part, length + 1, new OpenReader(CAPTURE_LIMITS, WINDOW_BYTES))
  if (ending.byteOffset > length) return `the ending lies at ${ending.byteOffset}`
  if (ending.kind !== 'complete' && ending.detail === '') return `${ending.kind} has no sentence`
  if (ending.kind === 'complete' && ending.byteOffset !== length) return `complete at ${ending.byteOffset}`
  if (NOTHING_READ_ENDINGS.includes(ending.kind) && frames.length > 0) return `${ending.kind} after frames`
  const model = modelCapture(part)
  if (model === null)
    return frames.length === 0 || modelCapture(capture) === null ? null : 'frames of nothing'
  if (frames.length !== model.frameCount) return `${frames.length} frames, expected ${model.frameCount}`
  return ending.byteOffset === model.byteOffset
    ? null
    : `ends at ${ending.byteOffset}, expected ${model.byteOffset}`
}

function wrongAnywhere(captures: readonly Uint8Array[]): string[] {
  return captures.flatMap((capture, i) =>
    Array.from({ length: capture.length + 1 }, (_, length) => wrongAt(capture, length)).flatMap(
      (wrong, length) =>
        wrong === null ? [] : [`capture ${i} of ${capture.length} bytes, cut to ${length}: ${wrong}`],
    ),
  )
}

describe('a capture cut after every byte', () => {
  it('gives what lay wholly before the cut: our own captures', () => {
    const chosen = own.slice(0, COUNT)
    expect(chosen.length).toBe(Math.min(COUNT, own.length))
    expect(wrongAnywhere(chosen)).toEqual([])
  })

  it.skipIf(!hasSharedCaptures)(
    'and captures beside the project (skipped where they are absent)',
    { timeout: 60_000 + COUNT * 1_000 },
    () => {
      const step = Math.max(1, Math.floor(shared.length / COUNT))
      const chosen = shared.filter((_, i) => i % step === 0).slice(0, COUNT)
      expect(wrongAnywhere(chosen)).toEqual([])
      if (COUNT > 100)
        console.log(
          `${chosen.length} captures, ${chosen.reduce((sum, { length }) => sum + length + 1, 0)} cuts`,
        )
    },
  )
})

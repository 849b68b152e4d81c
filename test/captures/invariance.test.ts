/** The summary does not depend on how the bytes came, on the hash secret, or on cutting the capture in parts. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../traffic/index.ts'
import { hasSharedCaptures, sampleOf, sharedCaptures, type SharedCapture } from './shared-captures.ts'
import { summaryOf, summaryText } from './whole-analysis.ts'

const SMALL = sharedCaptures().filter(({ size }) => size < 200_000)
const name = ({ path }: SharedCapture): string => path.split('/captures/')[1]!
const cases = (captures: readonly SharedCapture[]) =>
  captures.map((capture) => [name(capture), capture] as const)

describe.skipIf(!hasSharedCaptures)('on the shared captures (skipped where the folder is absent)', () => {
  it.each(
    cases(
      sampleOf(
        SMALL.filter(({ size }) => size < 20_000),
        40,
      ),
    ),
  )('gives the same summary for blocks of any length: %s', (_, capture) => {
    const bytes = readFileSync(capture.path)
    const whole = summaryText(bytes)
    for (const length of [1, 2, 3, 7, 16, 4096, 65_536]) {
      expect(summaryText(bytes, { nextBlockLength: () => length }), `blocks of ${String(length)}`).toBe(whole)
    }
    const random = seededRandom(capture.size)
    expect(summaryText(bytes, { nextBlockLength: () => random.between(1, 500) }), 'random blocks').toBe(whole)
  })

  it.each(cases(sampleOf(SMALL, 60)))('gives the same summary under 20 hash secrets: %s', (_, capture) => {
    const bytes = readFileSync(capture.path)
    const whole = summaryText(bytes)
    for (let seed = 1; seed <= 20; seed++) {
      expect(summaryText(bytes, { secret: [seed, seed * 7919, ~seed, seed << 16] })).toBe(whole)
    }
  })

  it.each(cases(sampleOf(SMALL, 100)))(
    'merges parts cut anywhere into the same summary: %s',
    (_, capture) => {
      const bytes = readFileSync(capture.path)
      const whole = summaryOf(bytes)
      const { packetCount } = whole.capture
      const random = seededRandom(capture.size + 1)
      for (let round = 0; round < 4; round++) {
        const cutsAt = Array.from({ length: 1 + round }, () => random.between(0, packetCount))
        expect(summaryOf(bytes, { cutsAt }), `cut at ${cutsAt.join(', ')}`).toEqual(whole)
      }
    },
  )
})

/** Parts of a capture that were written as bytes and read under another secret merge into the summary of the whole. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../traffic/index.ts'
import { aggregatesOfBytes, bytesOfAggregates } from './part-bytes.ts'
import { hasSharedCaptures, sampleOf, sharedCaptures } from './shared-captures.ts'
import { summaryOf } from './whole-analysis.ts'

const OTHER_SECRET = [0x5eed, 2, 0x1234_5678, 9] as const

function expectSameThroughParts(path: string): void {
  const bytes = readFileSync(path)
  const whole = summaryOf(bytes, { secret: OTHER_SECRET })
  const sendPart = (part: Parameters<typeof bytesOfAggregates>[0]) =>
    aggregatesOfBytes(bytesOfAggregates(part), OTHER_SECRET)
  expect(summaryOf(bytes, { sendPart })).toEqual(whole)
  const random = seededRandom(bytes.length)
  const { packetCount } = whole.capture
  const cutsAt = [random.between(0, packetCount), random.between(0, packetCount)]
  expect(summaryOf(bytes, { sendPart, cutsAt }), `cut at ${cutsAt.join(', ')}`).toEqual(whole)
}

describe('the summary', () => {
  it.each(readdirSync('samples').filter((name) => name.includes('.pcap')))(
    'of %s is the same after writing and reading its parts',
    (name) => {
      expectSameThroughParts(`samples/${name}`)
    },
  )

  const shared = sampleOf(
    sharedCaptures().filter(({ size }) => size < 300_000),
    120,
  ).map(({ path }) => path)
  it.skipIf(!hasSharedCaptures).each(shared)(
    'of %s is the same after writing and reading its parts',
    (path) => {
      expectSameThroughParts(path)
    },
  )
})

/** The timeline keeps every packet in exactly one bucket, however coarse it is drawn. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bandwidth } from '../../engine/summarize/capture-summary.ts'
import { timelineOf } from './timeline.ts'

/** Buckets at these indices, bucket i with i+1 packets of 100 bytes, shared out between the names by turns. */
function bandwidthAt(indices: readonly number[], bucketSeconds: number, names: readonly string[]): Bandwidth {
  return {
    bucketSeconds,
    buckets: indices.map((index, place) => [index * bucketSeconds, place + 1, 100 * (place + 1)] as const),
    split: {
      names,
      counts: indices.map((_, place) =>
        names.map((_name, name) =>
          name === place % names.length ? ([place + 1, 100 * (place + 1)] as const) : ([0, 0] as const),
        ),
      ),
    },
  }
}

const whole = { range: null, bucketCountMax: 100, isSplit: true }
const sum = (counts: readonly number[]): number => counts.reduce((one, other) => one + other, 0)

describe('a timeline', () => {
  it('has the buckets as they are when they fit', () => {
    const timeline = timelineOf(bandwidthAt([0, 1, 4], 0.5, ['TCP', 'UDP']), whole, null, false)
    expect(timeline).toMatchObject({
      bucketSeconds: 0.5,
      startSeconds: [0, 0.5, 2],
      packetCounts: [1, 2, 3],
      byteCounts: [100, 200, 300],
      names: ['TCP', 'UDP'],
      packetCountsByName: [
        [1, 0, 3],
        [0, 2, 0],
      ],
      conversationStarts: null,
      isPartial: false,
    })
  })

  it('adds neighbours together until they fit', () => {
    const timeline = timelineOf(
      bandwidthAt([0, 1, 2, 3, 9], 1, ['TCP']),
      { ...whole, bucketCountMax: 5 },
      null,
      false,
    )
    expect(timeline).toMatchObject({ bucketSeconds: 2, startSeconds: [0, 2, 8], packetCounts: [3, 7, 5] })
  })

  it('loses no packet, whatever the buckets, the names and how coarse it is', () => {
    const indices = fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), {
      minLength: 1,
      maxLength: 60,
      // The library prefers short lists; sixty buckets bring out more names than a page is told.
      size: 'max',
    })
    const bucketSeconds = fc.constantFrom(1e-6, 0.001, 0.1, 1, 60, 86_400)
    fc.assert(
      fc.property(
        indices,
        bucketSeconds,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 30 }),
        (at, seconds, bucketCountMax, nameCount) => {
          const sorted = at.sort((one, other) => one - other)
          const names = Array.from({ length: nameCount }, (_, name) => `p${name}`)
          const timeline = timelineOf(
            bandwidthAt(sorted, seconds, names),
            { range: null, bucketCountMax, isSplit: true },
            null,
            false,
          )
          const packetCount = (sorted.length * (sorted.length + 1)) / 2
          expect(timeline.startSeconds.length).toBeLessThanOrEqual(bucketCountMax)
          expect(sum(timeline.packetCounts)).toBe(packetCount)
          expect(sum(timeline.packetCountsByName.map(sum))).toBe(packetCount)
          expect(sum(timeline.byteCountsByName.map(sum))).toBe(packetCount * 100)
          expect(timeline.names.length).toBeLessThanOrEqual(16)
          expect(timeline.packetCountsByName).toHaveLength(timeline.names.length)
          for (let place = 0; place < timeline.startSeconds.length; place++) {
            expect(sum(timeline.packetCountsByName.map((counts) => counts[place]!))).toBe(
              timeline.packetCounts[place],
            )
          }
        },
      ),
    )
  })

  it('of a stretch holds the buckets that overlap it, whole', () => {
    const range = { startSeconds: 1.5, endSeconds: 3 }
    const timeline = timelineOf(bandwidthAt([0, 1, 2, 3, 4], 1, ['TCP']), { ...whole, range }, null, false)
    expect(timeline.startSeconds).toEqual([1, 2, 3])
  })

  it('counts conversations where they begin', () => {
    const starts = Float64Array.of(0, 0.2, 3.9, 4, 77)
    const timeline = timelineOf(bandwidthAt([0, 3, 4], 1, ['TCP']), whole, starts, false)
    expect(timeline.conversationStarts).toEqual([2, 1, 1])
  })

  it('names long silences and no short ones', () => {
    const timeline = timelineOf(
      bandwidthAt([0, 5, 100, 1000], 1, ['TCP']),
      { ...whole, bucketCountMax: 2000 },
      null,
      false,
    )
    expect(timeline.gaps).toEqual([
      [6, 100],
      [101, 1000],
    ])
  })

  it('of nothing is empty', () => {
    expect(timelineOf(bandwidthAt([], 1, ['TCP']), whole, null, true)).toMatchObject({
      startSeconds: [],
      gaps: [],
      isPartial: true,
    })
  })
})

import { describe, expect, it } from 'vitest'
import type { Timeline } from '../../contract/index.ts'
import { axisOf, bucketAt, stepPoints } from './bandwidth-data.ts'

const timeline: Timeline = {
  bucketSeconds: 1,
  startSeconds: [0, 1, 5],
  packetCounts: [1, 2, 3],
  byteCounts: [100, 200, 300],
  names: [],
  packetCountsByName: [],
  byteCountsByName: [],
  conversationStarts: null,
  gaps: [],
  isPartial: false,
}
const axis = axisOf(timeline, [0, 6])

describe('steps', () => {
  it('hold for a bucket and fall to zero where none follows', () => {
    expect(stepPoints(timeline, axis, timeline.byteCounts, 8)).toEqual([
      { x: 0, y: 800 },
      { x: 1, y: 1600 },
      { x: 2, y: 0 },
      { x: 5, y: 2400 },
      { x: 6, y: 0 },
    ])
  })

  it('of a capture without buckets are none', () => {
    expect(stepPoints({ ...timeline, startSeconds: [] }, axis, [], 1)).toEqual([])
  })
})

describe('the bucket at a place', () => {
  it.each([
    [0.5, 0],
    [1, 1],
    [3.5, -1],
    [5.9, 2],
  ])('%d is %d', (place, bucket) => {
    expect(bucketAt(timeline, axis, place)).toBe(bucket)
  })
})

/** Bins of the bandwidth chart: round lengths, exact sums. */

import { describe, expect, it } from 'vitest'
import { officeSummary } from '../../../test/report/office-summary.ts'
import type { Bandwidth } from '../../engine/summarize/capture-summary.ts'
import { binBandwidth, bucketStarts, roundSeconds } from './bandwidth-bins.ts'
import { foldedAxis } from './folded-axis.ts'

function bins(bandwidth: Bandwidth) {
  const starts = bucketStarts(bandwidth)
  return binBandwidth(bandwidth, starts, foldedAxis(starts, bandwidth.bucketSeconds, 0, 800).segments)
}
const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0)

describe('bins', () => {
  it.each([
    [1e-6, 1e-6],
    [1.2e-6, 2e-6],
    [0.003, 0.005],
    [0.6, 1],
    [1, 1],
    [3, 5],
    [16, 30],
    [100, 120],
    [4_000, 7_200],
    [80_000, 86_400],
    [100_000, 172_800],
  ])('of at least %d s are %d s long', (least, length) => {
    expect(roundSeconds(least)).toBeCloseTo(length, 12)
  })

  it('hold every packet and byte of the buckets, in all and by protocol', () => {
    const { bandwidth, capture } = officeSummary()
    const { packets, series, packetCount, byteCount } = bins(bandwidth)
    expect(sum(packets)).toBe(capture.packetCount)
    expect(packetCount).toBe(capture.packetCount)
    expect(byteCount).toBe(capture.originalByteCount)
    expect(sum(series.map((one) => sum(one.byteCounts)))).toBe(capture.originalByteCount)
  })

  it('are no more than can be seen, and whole buckets', () => {
    const buckets = Array.from({ length: 5_000 }, (_, i): [number, number, number] => [i * 0.3, 1, 100])
    const { starts, binSeconds } = bins({ bucketSeconds: 0.3, buckets, split: { names: [], counts: [] } })
    expect(starts.length).toBeLessThanOrEqual(420)
    expect(binSeconds / 0.3).toBeCloseTo(Math.round(binSeconds / 0.3))
  })

  it('put the bytes no protocol accounts for with all others', () => {
    const bandwidth: Bandwidth = {
      bucketSeconds: 1,
      buckets: [
        [0, 2, 100],
        [1, 1, 50],
      ],
      split: { names: ['tcp', 'udp'], counts: [[[1, 60]], []] },
    }
    expect(bins(bandwidth).series.map(({ name, byteCount }) => [name, byteCount])).toEqual([
      ['tcp', 60],
      ['all others', 90],
    ])
  })

  it('name six protocols and put the smaller ones together', () => {
    const names = Array.from({ length: 9 }, (_, i) => `p${i}`)
    const counts = [names.map((_, i): [number, number] => [1, 10 + i])]
    const total = sum(counts[0]!.map(([, bytes]) => bytes))
    const { series } = bins({ bucketSeconds: 1, buckets: [[0, 9, total]], split: { names, counts } })
    expect(series.map(({ name }) => name)).toEqual(['p8', 'p7', 'p6', 'p5', 'p4', 'p3', 'all others'])
    expect(series.at(-1)!.byteCount).toBe(10 + 11 + 12)
  })
})

describe('starts of buckets', () => {
  it('lie on one grid although the first is given as 0', () => {
    const buckets: Bandwidth['buckets'] = [
      [0, 1, 1],
      [0.187, 1, 1],
      [0.287, 1, 1],
    ]
    const starts = bucketStarts({ bucketSeconds: 0.1, buckets, split: { names: [], counts: [] } })
    expect(starts[0]).toBeCloseTo(-0.013)
    expect(starts.slice(1)).toEqual([0.187, 0.287])
  })

  it('on the grid already stay', () => {
    const buckets: Bandwidth['buckets'] = [
      [0, 1, 1],
      [0.3, 1, 1],
    ]
    expect(bucketStarts({ bucketSeconds: 0.1, buckets, split: { names: [], counts: [] } })[0]).toBeCloseTo(0)
  })
})

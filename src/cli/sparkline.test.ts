import { describe, expect, it } from 'vitest'
import type { Bandwidth } from '../engine/index.ts'
import { sparkline } from './sparkline.ts'

/** Buckets of 0.1 s on round times; the first packet comes 0.05 s into the first. */
function bandwidth(starts: readonly number[], bytes: number): Bandwidth {
  return {
    bucketSeconds: 0.1,
    buckets: starts.map((start) => [start, 1, bytes]),
    split: { names: [], counts: [] },
  } as unknown as Bandwidth
}

describe('the line of bandwidth', () => {
  it('of an even rate is even, whatever the number of cells', () => {
    const even = bandwidth(
      Array.from({ length: 100 }, (_, i) => (i === 0 ? 0 : i * 0.1 - 0.05)),
      1000,
    )
    for (const cellCount of [7, 20, 33, 64, 100, 120]) {
      const line = sparkline(even, cellCount)
      expect(line.peakBytesPerSecond).toBeCloseTo(10_000, 6)
      expect(line.cells.length).toBeLessThanOrEqual(cellCount)
    }
  })

  it('shows silence as gaps', () => {
    expect(sparkline(bandwidth([0, 0.35], 1000), 10).cells).toBe('█   █')
  })

  it('of one bucket is one cell', () => {
    expect(sparkline(bandwidth([0], 500), 10)).toEqual({
      cells: '█',
      cellSeconds: 0.1,
      peakBytesPerSecond: 5000,
    })
  })
})

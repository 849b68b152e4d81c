import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAME_WITHOUT_TIME, FrameBatch } from '../capture/frame-batch.ts'
import { KeyHash } from '../net/key-hash.ts'
import { BandwidthSeries, BUCKET_COUNT_MAX, BUCKET_WIDTHS_NS, bucketNumber } from './bandwidth-series.ts'

const hash = new KeyHash([1, 2, 3, 4])
const classes = new Uint8Array(128)

/** One packet of 100 bytes at each time, in nanoseconds since 1970. */
function seriesOf(timesNs: readonly bigint[]): BandwidthSeries {
  const series = new BandwidthSeries(hash)
  const batch = new FrameBatch()
  for (const time of timesNs) {
    batch.count = 1
    batch.seconds[0] = Number(time / 1_000_000_000n)
    batch.nanoseconds[0] = Number(time % 1_000_000_000n)
    batch.originalLength[0] = 100
    series.observe(batch, classes)
  }
  return series
}

function bucketsOf(series: BandwidthSeries): [number, number, number][] {
  return series
    .sortedRows()
    .map((row) => [
      series.numbers[row]!,
      series.values[row * series.columns]!,
      series.values[row * series.columns + 1]!,
    ])
}

describe('bandwidth', () => {
  it('has widths that each divide the next, so that fine buckets add up to coarse ones', () => {
    for (let i = 1; i < BUCKET_WIDTHS_NS.length; i++)
      expect(BUCKET_WIDTHS_NS[i]! % BUCKET_WIDTHS_NS[i - 1]!).toBe(0)
  })

  it('keeps the finest width that a short capture fits in', () => {
    expect(seriesOf([5n, 999n, 1000n]).bucketNs).toBe(1000)
    expect(bucketsOf(seriesOf([5n, 999n, 1000n]))).toEqual([
      [0, 2, 200],
      [1, 1, 100],
    ])
  })

  it('coarsens when more buckets hold traffic than are kept, and no packet is lost', () => {
    const times = Array.from({ length: BUCKET_COUNT_MAX * 3 }, (_, i) => BigInt(i) * 1000n)
    const series = seriesOf(times)
    expect(series.bucketNs).toBe(10_000)
    expect(bucketsOf(series).reduce((sum, [, packets]) => sum + packets, 0)).toBe(times.length)
  })

  it('spends two buckets on two packets 136 years apart', () => {
    const series = seriesOf([0n, 4_294_967_295_000_000_000n])
    expect(series.count).toBe(2)
  })

  it('puts packets without a time off the axis', () => {
    const series = new BandwidthSeries(hash)
    const batch = new FrameBatch()
    batch.count = 1
    batch.originalLength[0] = 60
    batch.flags[0] = FRAME_WITHOUT_TIME
    series.observe(batch, classes)
    expect([series.count, series.offAxis[0], series.offAxis[1]]).toEqual([0, 1, 60])
  })

  it('finds the bucket exactly where a double of nanoseconds would not', () => {
    // 2^53 ns is in 1970; the neighbouring doubles of this time are 256 ns apart.
    expect(bucketNumber(1_753_000_000, 123_456_789, 1000)).toBe(1_753_000_000_123_456)
    expect(bucketNumber(-1, 999_999_999, 1000)).toBe(-1)
    expect(bucketNumber(-1, 999_999_999, 1e10)).toBe(-1)
  })

  it('is the same for any order and any cut of the packets', () => {
    const time = fc.bigInt({ min: 0n, max: 4_000_000_000n })
    fc.assert(
      fc.property(
        fc.array(time, { maxLength: 60 }),
        fc.nat(60),
        fc.constantFrom(1n, 1000n, 1_000_000_000n),
        (times, cut, scale) => {
          const scaled = times.map((each) => each * scale)
          const whole = seriesOf(scaled)
          const merged = seriesOf(scaled.slice(0, cut))
          merged.merge(seriesOf(scaled.slice(cut)))
          expect(bucketsOf(merged)).toEqual(bucketsOf(whole))
          expect(bucketsOf(seriesOf([...scaled].reverse()))).toEqual(bucketsOf(whole))
        },
      ),
    )
  })

  it('merges a fine part into a coarse one and the other way round', () => {
    const dense = Array.from({ length: BUCKET_COUNT_MAX + 5 }, (_, i) => BigInt(i) * 1000n)
    const sparse = [3n, 77_000_000n]
    const whole = bucketsOf(seriesOf([...dense, ...sparse]))
    for (const [first, second] of [
      [dense, sparse],
      [sparse, dense],
    ] as const) {
      const merged = seriesOf(first)
      merged.merge(seriesOf(second))
      expect(bucketsOf(merged)).toEqual(whole)
    }
  })
})

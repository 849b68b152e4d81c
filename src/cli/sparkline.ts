/** Bandwidth over time in one line of block characters. */

import type { Bandwidth } from '../engine/index.ts'

const LEVELS = ' ▁▂▃▄▅▆▇█'

export interface Sparkline {
  readonly cells: string
  readonly cellSeconds: number
  readonly peakBytesPerSecond: number
}

/**
 * At most `cellCount` cells, each of the same number of whole buckets: a bucket shared out between cells would give rates
 * that no stretch of the capture had.
 */
export function sparkline({ buckets, bucketSeconds }: Bandwidth, cellCount: number): Sparkline {
  const places = bucketPlaces(buckets, bucketSeconds)
  const placeCount = (places.at(-1) ?? 0) + 1
  const bucketsPerCell = Math.ceil(placeCount / cellCount)
  const cellSeconds = bucketsPerCell * bucketSeconds
  const sums = new Float64Array(Math.ceil(placeCount / bucketsPerCell))
  buckets.forEach(([, , bytes], i) => {
    sums[Math.floor(places[i]! / bucketsPerCell)]! += bytes
  })
  const peak = sums.reduce((most, sum) => Math.max(most, sum), 0)
  const cells = Array.from(sums, (sum) => {
    if (sum === 0) return ' '
    // Whatever is there shows: the lowest block, not a gap.
    return LEVELS[Math.max(1, Math.round((sum / peak) * (LEVELS.length - 1)))] ?? ' '
  }).join('')
  return { cells, cellSeconds, peakBytesPerSecond: peak / cellSeconds }
}

/** Which bucket of the grid each is, from 0. The first may begin before the first packet and is given as starting at 0. */
function bucketPlaces(buckets: Bandwidth['buckets'], bucketSeconds: number): number[] {
  const [first, second] = buckets
  if (first === undefined || second === undefined) return buckets.map(() => 0)
  const gap = Math.ceil((second[0] - first[0]) / bucketSeconds - 1e-6)
  return buckets.map(([start], i) => (i === 0 ? 0 : gap + Math.round((start - second[0]) / bucketSeconds)))
}

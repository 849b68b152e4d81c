/** Bandwidth over time in one line of block characters. */

import type { Bandwidth } from '../engine/index.ts'

const LEVELS = ' ▁▂▃▄▅▆▇█'

export interface Sparkline {
  readonly cells: string
  readonly cellSeconds: number
  readonly peakBytesPerSecond: number
}

/**
 * At most `cellCount` cells over `durationSeconds`. A bucket counts in the cell its start lies in, so cells are never
 * narrower than a bucket: a curve finer than its data would show gaps that are not there.
 */
export function sparkline(bandwidth: Bandwidth, durationSeconds: number, cellCount: number): Sparkline {
  const cellSeconds = Math.max(durationSeconds / cellCount, bandwidth.bucketSeconds)
  const sums = new Float64Array(Math.max(1, Math.ceil(durationSeconds / cellSeconds)))
  for (const [start, , bytes] of bandwidth.buckets) {
    const cell = Math.min(sums.length - 1, Math.floor(start / cellSeconds))
    sums[cell] = (sums[cell] ?? 0) + bytes
  }
  const peak = sums.reduce((most, sum) => Math.max(most, sum), 0)
  const cells = Array.from(sums, (sum) => {
    if (sum === 0) return ' '
    // Whatever is there shows: the lowest block, not a gap.
    return LEVELS[Math.max(1, Math.round((sum / peak) * (LEVELS.length - 1)))] ?? ' '
  }).join('')
  return { cells, cellSeconds, peakBytesPerSecond: peak / cellSeconds }
}

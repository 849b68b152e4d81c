/** RITA's beacon score (v5, analysis/beacons.go) with its histogram and spans scaled to the length of the capture. */

import { groupsBy } from '../groups-by-sorting.ts'

/** RITA has a bin an hour of its day. A shorter capture has as many as hold two contacts each, were they even. */
const BINS_MAX = 24
const BINS_MIN = 4
const CONTACTS_PER_BIN = 2
/** Of its 24 bins RITA asks 6 non-empty for the duration score, 11 for the bimodal fit, and 12 in a row for a full score. */
const DURATION_SHARE_MIN = 6 / 24
const BIMODAL_SHARE_MIN = 11 / 24
const RUN_SHARE = 12 / 24

export interface BeaconScore {
  readonly score: number
  readonly timing: number
  readonly size: number
  readonly duration: number
  readonly histogram: number
  readonly medianIntervalSeconds: number
}

/** `times` ascend (seconds from the capture's first time), `sizes` are bytes sent each time; four or more of both. */
export function beaconScore(
  times: readonly number[],
  sizes: readonly number[],
  captureSeconds: number,
): BeaconScore {
  const intervals = intervalsOf(times)
  const sorted = [...sizes].sort((x, y) => x - y)
  const timing = (skewScore(intervals, 1) + madScore(intervals, 1)) / 2
  const size = (skewScore(sorted, 10) + madScore(sorted, 0)) / 2
  const bins = histogram(times, captureSeconds)
  const span = (times[times.length - 1]! - times[0]!) / Math.max(captureSeconds, 1e-9)
  const duration =
    bins.filter((count) => count > 0).length < DURATION_SHARE_MIN * bins.length
      ? 0
      : Math.min(1, Math.max(span, longestRun(bins) / (RUN_SHARE * bins.length)))
  const spread = histogramScore(bins)
  const score = 0.25 * (timing + size + duration + spread)
  const medianIntervalSeconds = quantile(intervals, 0.5)
  return { score, timing, size, duration, histogram: spread, medianIntervalSeconds }
}

/** Seconds between one contact and the next, ascending, without those at the same time. */
export function intervalsOf(times: readonly number[]): number[] {
  const intervals: number[] = []
  for (let i = 1; i < times.length; i++)
    if (times[i]! > times[i - 1]!) intervals.push(times[i]! - times[i - 1]!)
  return intervals.sort((x, y) => x - y)
}

/** 1 minus Bowley's skewness; a spread below `spreadMin` has none. */
function skewScore(sorted: readonly number[], spreadMin: number): number {
  const [q1, q2, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
  if (q3 - q1 < spreadMin || q2 === q1 || q2 === q3) return 1
  return 1 - Math.abs((q1 + q3 - 2 * q2) / (q3 - q1))
}

/** How small the median deviation is beside the median. */
function madScore(sorted: readonly number[], empty: number): number {
  const median = quantile(sorted, 0.5)
  if (median <= 0) return empty
  const deviations = sorted.map((value) => Math.abs(value - median)).sort((x, y) => x - y)
  return Math.max(0, (median - quantile(deviations, 0.5)) / median)
}

function histogram(times: readonly number[], captureSeconds: number): number[] {
  const length = Math.min(BINS_MAX, Math.max(BINS_MIN, Math.floor(times.length / CONTACTS_PER_BIN)))
  const bins = Array.from({ length }, () => 0)
  for (const time of times) {
    const bin = Math.min(
      length - 1,
      Math.max(0, Math.floor((time / Math.max(captureSeconds, 1e-9)) * length)),
    )
    bins[bin]!++
  }
  return bins
}

function histogramScore(bins: readonly number[]): number {
  const mean = bins.reduce((sum, count) => sum + count, 0) / bins.length
  const variance = bins.reduce((sum, count) => sum + (count - mean) ** 2, 0) / bins.length
  const steady = Math.max(0, 1 - Math.sqrt(variance) / mean)
  const filled = bins.filter((count) => count > 0)
  if (filled.length < BIMODAL_SHARE_MIN * bins.length) return steady
  const step = Math.ceil(0.05 * Math.max(...filled))
  const heights = groupsBy(filled, (count) => Math.ceil(count / step))
  const [largest = 0, second = 0] = heights.map(({ length }) => length).sort((x, y) => y - x)
  return Math.min(1, Math.max(steady, (largest + second) / Math.max(filled.length - 1, 1)))
}

/** Longest run of non-empty bins, around the end. */
function longestRun(bins: readonly number[]): number {
  let longest = 0
  let run = 0
  for (let i = 0; i < 2 * bins.length; i++) {
    run = bins[i % bins.length]! > 0 ? run + 1 : 0
    longest = Math.max(longest, Math.min(run, bins.length))
  }
  return longest
}

export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const high = Math.ceil(place)
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low)
}

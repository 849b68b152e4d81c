/** Buckets of the analysis summed into the fewer bins a chart can draw; sums stay exact, only time gets coarser. */

import type { Bandwidth } from '../../engine/summarize/capture-summary.ts'
import { REST_MARK, SERIES_MARKS } from './drawing.ts'
import type { AxisSpan } from './folded-axis.ts'

export interface BandwidthSeries {
  readonly name: string
  readonly mark: string
  readonly byteCounts: Float64Array
  readonly byteCount: number
}

/** Arrays of one length: a bin that holds a packet each, in order of time. */
export interface BandwidthBins {
  /** Length of a bin, a round time; rates are per this length also where the last bin of a segment is cut. */
  readonly binSeconds: number
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly packets: Float64Array
  readonly series: readonly BandwidthSeries[]
  readonly packetCount: number
  readonly byteCount: number
}

/** Bins over the whole axis: about two user units each, the finest step the eye can follow. */
const BIN_COUNT_MAX = 400

/** A shorter bin shows single packets, not a rate: at 1 Gbit/s one of 1,500 bytes takes 12 µs. */
const BIN_SECONDS_MIN = 0.001

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400]
/** Lengths people count in; below a second they are 1, 2 and 5 of each power of ten, above a day whole days. */
const ROUND_SECONDS = [
  1,
  2,
  5,
  10,
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
]

/** The shortest round time that is no shorter. */
export function roundSeconds(seconds: number): number {
  if (seconds > DAY) return Math.ceil(seconds / DAY) * DAY
  if (seconds > 1) return ROUND_SECONDS.find((one) => one >= seconds)!
  const power = 10 ** Math.floor(Math.log10(seconds))
  // A hair above 1, 2 or 5 is rounding of doubles, not a longer time.
  return power * [1, 2, 5, 10].find((one) => one * power >= seconds * (1 - 1e-9))!
}

/**
 * Where buckets start, all on one grid: buckets lie on round times, so the first one may begin before the first packet
 * and is given as 0.
 */
export function bucketStarts({ buckets, bucketSeconds }: Bandwidth): number[] {
  const starts = buckets.map(([start]) => start)
  if (starts.length > 1) {
    const distance = (starts[1]! - starts[0]!) / bucketSeconds
    starts[0] = starts[1]! - Math.ceil(distance - 1e-6) * bucketSeconds
  }
  return starts
}

/** `startsOfBuckets` come from `bucketStarts`, `segments` the parts of the axis that hold them all. */
export function binBandwidth(
  bandwidth: Bandwidth,
  startsOfBuckets: readonly number[],
  segments: readonly AxisSpan[],
): BandwidthBins {
  const { buckets, bucketSeconds } = bandwidth
  const shownSeconds = segments.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0)
  const wanted = roundSeconds(Math.max(shownSeconds / BIN_COUNT_MAX, bucketSeconds, BIN_SECONDS_MIN))
  // Bins are whole buckets, whatever length those have.
  const bucketsPerBin = Math.max(1, Math.round(wanted / bucketSeconds))
  const binSeconds = bucketsPerBin * bucketSeconds

  const binOf: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let segmentIndex = 0
  for (const start of startsOfBuckets) {
    while (start >= segments[segmentIndex]!.endSeconds && segmentIndex + 1 < segments.length)
      segmentIndex += 1
    const { startSeconds, endSeconds } = segments[segmentIndex]!
    // Bucket starts are sums of doubles: rounding keeps one a hair early out of the bin before it.
    const bucket = Math.round((start - startSeconds) / bucketSeconds)
    const binStart = startSeconds + Math.floor(bucket / bucketsPerBin) * binSeconds
    if (starts.at(-1) !== binStart) {
      starts.push(binStart)
      ends.push(Math.min(binStart + binSeconds, endSeconds))
    }
    binOf.push(starts.length - 1)
  }

  const packets = new Float64Array(starts.length)
  let packetCount = 0
  let byteCount = 0
  buckets.forEach(([, bucketPackets, bucketBytes], i) => {
    packets[binOf[i]!]! += bucketPackets
    packetCount += bucketPackets
    byteCount += bucketBytes
  })
  return {
    binSeconds,
    starts,
    ends,
    packets,
    series: split(bandwidth, binOf, starts.length),
    packetCount,
    byteCount,
  }
}

/** The largest protocols get a series each, all others one together, and what the split leaves out joins them. */
function split({ buckets, split }: Bandwidth, binOf: readonly number[], binCount: number): BandwidthSeries[] {
  const totals = split.names.map((_, name) =>
    split.counts.reduce((sum, row) => sum + (row[name]?.[1] ?? 0), 0),
  )
  const ranked = split.names.map((_, name) => name).sort((a, b) => totals[b]! - totals[a]! || a - b)
  const own = ranked.filter((name) => totals[name]! > 0).slice(0, SERIES_MARKS.length)
  const series = own.map((name, place) => {
    const byteCounts = new Float64Array(binCount)
    split.counts.forEach((row, i) => (byteCounts[binOf[i]!]! += row[name]?.[1] ?? 0))
    return { name: split.names[name]!, mark: SERIES_MARKS[place]!, byteCounts, byteCount: totals[name]! }
  })
  const rest = new Float64Array(binCount)
  buckets.forEach(([, , byteCount], i) => {
    const drawn = own.reduce((sum, name) => sum + (split.counts[i]?.[name]?.[1] ?? 0), 0)
    rest[binOf[i]!]! += Math.max(0, byteCount - drawn)
  })
  const byteCount = rest.reduce((sum, one) => sum + one, 0)
  if (byteCount === 0) return series
  const name = series.length === 0 ? 'all protocols' : 'all others'
  return [
    ...series,
    { name, mark: series.length === 0 ? SERIES_MARKS[0] : REST_MARK, byteCounts: rest, byteCount },
  ]
}

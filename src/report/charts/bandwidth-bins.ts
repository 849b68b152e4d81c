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
  /** Length of a bin; the last of a segment may be cut to the segment. */
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

export function binBandwidth(bandwidth: Bandwidth, segments: readonly AxisSpan[]): BandwidthBins {
  const { buckets, bucketSeconds } = bandwidth
  const shownSeconds = segments.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0)
  const bucketsPerBin = Math.max(1, Math.ceil(shownSeconds / bucketSeconds / BIN_COUNT_MAX))
  const binSeconds = bucketsPerBin * bucketSeconds

  const binOf: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let segmentIndex = 0
  for (const [start] of buckets) {
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

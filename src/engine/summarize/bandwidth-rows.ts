/** Bandwidth over time as the summary shows it: buckets that add up to the totals. */

import type { BandwidthSeries } from '../aggregate/bandwidth-series.ts'
import { TRAFFIC_CLASS_NAMES } from '../aggregate/traffic-class.ts'
import type { Moment } from '../aggregate/traffic-totals.ts'
import { secondsBetween } from '../net/packed-time.ts'
import type { Bandwidth } from './capture-summary.ts'

const NS = 1e9

/**
 * Bucket edges lie on multiples of the width since 1970, so the first bucket usually begins before the first packet;
 * its start is given as 0. Packets off the time axis are in the last bucket, so that every packet is in exactly one.
 */
export function bandwidthRows(series: BandwidthSeries, first: Moment | null): Bandwidth {
  const { columns } = series
  const widthNs = series.bucketNs
  const starts: number[] = []
  const values: Float64Array[] = []
  for (const row of series.sortedRows()) {
    starts.push(first === null ? 0 : Math.max(0, startSeconds(series.numbers[row]!, widthNs, first)))
    values.push(series.values.slice(row * columns, (row + 1) * columns))
  }
  if (series.offAxis[0]! > 0) {
    if (values.length === 0) {
      starts.push(0)
      values.push(new Float64Array(columns))
    }
    const last = values[values.length - 1]!
    for (let c = 0; c < columns; c++) last[c] = last[c]! + series.offAxis[c]!
  }
  const used = TRAFFIC_CLASS_NAMES.map((_, c) => c).filter((c) =>
    values.some((bucket) => bucket[2 + 2 * c]! > 0),
  )
  return {
    bucketSeconds: widthNs / NS,
    buckets: values.map((bucket, i) => [starts[i]!, bucket[0]!, bucket[1]!] as const),
    split: {
      names: used.map((c) => TRAFFIC_CLASS_NAMES[c]!),
      counts: values.map((bucket) => used.map((c) => [bucket[2 + 2 * c]!, bucket[3 + 2 * c]!] as const)),
    },
  }
}

/** Exact for widths from a second up and for those below, because each is taken in its own whole unit. */
function startSeconds(number: number, widthNs: number, first: Moment): number {
  if (widthNs >= NS) return secondsBetween(first.seconds, first.nanoseconds, number * (widthNs / NS), 0)
  const perSecond = NS / widthNs
  const seconds = Math.floor(number / perSecond)
  const nanoseconds = (number - seconds * perSecond) * widthNs
  return secondsBetween(first.seconds, first.nanoseconds, seconds, nanoseconds)
}

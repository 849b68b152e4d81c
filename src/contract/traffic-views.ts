/** Views computed beside the rows: bandwidth over time and who talks to whom. */

import { type Checked, flag, integer, list, nullable, number, record, text, tuple } from './check.ts'
import { timeRange, trafficFilter } from './traffic-filter.ts'

const count = integer()

/** Protocols a split timeline tells apart; the rest is added up under the last name. 16 names of 2,000 buckets stay below one megabyte. */
export const timelineNamesMax = 16

export const timelineRequest = record({
  analysisId: text(100),
  /** The span to draw; null for the whole capture. */
  range: nullable(timeRange),
  /** Buckets wanted at most, 1 to 2,000; neighbours are added together until they fit. */
  bucketCountMax: integer(1, 2000),
  /** Also give each bucket split by protocol. */
  isSplit: flag,
  /** For `conversationStarts` only; packets and bytes are always of the whole capture. Null leaves it out. */
  filter: nullable(trafficFilter),
})
export type TimelineRequest = Checked<typeof timelineRequest>

/**
 * Buckets with traffic, ascending; every packet of the range is in exactly one. Empty buckets are left out, so a
 * silence of a month costs nothing: `gaps` names them.
 */
export const timeline = record({
  bucketSeconds: number(0),
  /** Seconds since the first timestamp at each bucket's start. */
  startSeconds: list(number(), 2000),
  packetCounts: list(count, 2000),
  byteCounts: list(count, 2000),
  /** One entry per name of `names`, each as long as `startSeconds`; empty unless a split was asked for. */
  names: list(text(300), timelineNamesMax),
  packetCountsByName: list(list(count, 2000), timelineNamesMax),
  byteCountsByName: list(list(count, 2000), timelineNamesMax),
  /** Conversations passing the filter that begin in each bucket; null when no filter was given. */
  conversationStarts: nullable(list(count, 2000)),
  /** Silences of at least ten buckets and a twentieth of the range: [start, end] in seconds, the longest 50. */
  gaps: list(tuple(number(), number()), 50),
  isPartial: flag,
})
export type Timeline = Checked<typeof timeline>

export const matrixRequest = record({
  analysisId: text(100),
  filter: trafficFilter,
  /** Addresses to list at most, those with most bytes among what passes the filter. */
  addressCountMax: integer(2, 100),
})
export type MatrixRequest = Checked<typeof matrixRequest>

export const matrix = record({
  addresses: list(text(200), 100),
  /** Bytes and packets of each listed address with everyone, by the same filter. */
  byteCounts: list(count, 100),
  /** [originator, responder, bytes from originator, bytes from responder, packets, conversations]; the first two index `addresses`. */
  cells: list(tuple(count, count, count, count, count, count), 10_000),
  /** What the list leaves out, so that the page can say so. */
  addressCount: count,
  matchingByteCount: count,
  listedByteCount: count,
  isPartial: flag,
})
export type Matrix = Checked<typeof matrix>

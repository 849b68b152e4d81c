/** Bandwidth over time for one stretch of the capture, in as many buckets as the page can draw. */

import { type Timeline, timelineNamesMax, type TimelineRequest } from '../../contract/index.ts'
import type { Bandwidth } from '../../engine/summarize/capture-summary.ts'

/** A silence is worth naming when it is this many buckets long … */
const GAP_BUCKETS_MIN = 10
/** … and this share of the range. Lower would name every pause of a bursty capture. */
const GAP_SHARE_MIN = 1 / 20
const GAPS_MAX = 50

/** Start times, in seconds since the first timestamp, of conversations passing the request's filter; null for no filter. */
export type ConversationStarts = Float64Array | null

/**
 * The buckets that overlap the range, neighbours added together until at most `bucketCountMax` remain. A bucket that
 * reaches beyond the range counts whole.
 */
export function timelineOf(
  bandwidth: Bandwidth,
  request: Pick<TimelineRequest, 'range' | 'bucketCountMax' | 'isSplit'>,
  starts: ConversationStarts,
  isPartial: boolean,
): Timeline {
  const { bucketSeconds, buckets } = bandwidth
  const { range, bucketCountMax, isSplit } = request
  const inRange = (start: number): boolean =>
    range === null || (start <= range.endSeconds && start + bucketSeconds > range.startSeconds)
  const indexOf = (seconds: number): number => Math.floor(seconds / bucketSeconds + 1e-6)
  const places = buckets.map((_, place) => place).filter((place) => inRange(buckets[place]![0]))
  const firstIndex = places.length === 0 ? 0 : indexOf(buckets[places[0]!]![0])
  const lastIndex = places.length === 0 ? 0 : indexOf(buckets[places.at(-1)!]![0])
  const joined = Math.max(1, Math.ceil((lastIndex - firstIndex + 1) / bucketCountMax))
  const slotOf = (seconds: number): number => Math.floor((indexOf(seconds) - firstIndex) / joined)

  const names = isSplit ? namesByBytes(bandwidth, places) : []
  const shown = names.length > timelineNamesMax ? names.slice(0, timelineNamesMax - 1) : names
  const rows = new Map<number, Slot>()
  for (const place of places) {
    const [start, packets, bytes] = buckets[place]!
    const slot = slotAt(rows, slotOf(start), isSplit ? Math.min(names.length, timelineNamesMax) : 0)
    slot.packets += packets
    slot.bytes += bytes
    if (isSplit) addSplit(slot, bandwidth, place, names, shown.length)
  }

  const seconds = bucketSeconds * joined
  const slots = [...rows].sort(([one], [other]) => one - other)
  const startSeconds = slots.map(([index]) => (firstIndex + index * joined) * bucketSeconds)
  const nameTexts = shown.map((name) => bandwidth.split.names[name]!)
  return {
    bucketSeconds: seconds,
    startSeconds,
    packetCounts: slots.map(([, slot]) => slot.packets),
    byteCounts: slots.map(([, slot]) => slot.bytes),
    names: shown.length < names.length ? [...nameTexts, 'other'] : nameTexts,
    packetCountsByName: byName(slots, (slot) => slot.packetsByName),
    byteCountsByName: byName(slots, (slot) => slot.bytesByName),
    conversationStarts: starts === null ? null : startsBySlot(starts, slots, slotOf),
    gaps: gapsOf(startSeconds, seconds),
    isPartial,
  }
}

interface Slot {
  packets: number
  bytes: number
  readonly packetsByName: number[]
  readonly bytesByName: number[]
}

function slotAt(slots: Map<number, Slot>, index: number, nameCount: number): Slot {
  let slot = slots.get(index)
  if (slot === undefined) {
    const zeros = () => new Array<number>(nameCount).fill(0)
    slot = { packets: 0, bytes: 0, packetsByName: zeros(), bytesByName: zeros() }
    slots.set(index, slot)
  }
  return slot
}

/** Indices of the names seen in these buckets, most bytes first. */
function namesByBytes(bandwidth: Bandwidth, places: readonly number[]): number[] {
  const sums = new Array<number>(bandwidth.split.names.length).fill(0)
  for (const place of places) {
    for (const [name, [, bytes]] of (bandwidth.split.counts[place] ?? []).entries()) sums[name]! += bytes
  }
  return sums
    .map((_, name) => name)
    .filter((name) => sums[name]! > 0)
    .sort((one, other) => sums[other]! - sums[one]! || one - other)
}

function addSplit(
  slot: Slot,
  bandwidth: Bandwidth,
  place: number,
  names: readonly number[],
  shownCount: number,
): void {
  const counts = bandwidth.split.counts[place] ?? []
  for (const [rank, name] of names.entries()) {
    const [packets, bytes] = counts[name] ?? [0, 0]
    const target = Math.min(rank, shownCount)
    slot.packetsByName[target]! += packets
    slot.bytesByName[target]! += bytes
  }
}

function byName(
  slots: readonly (readonly [number, Slot])[],
  counts: (slot: Slot) => readonly number[],
): number[][] {
  const nameCount = slots.length === 0 ? 0 : counts(slots[0]![1]).length
  return Array.from({ length: nameCount }, (_, name) => slots.map(([, slot]) => counts(slot)[name]!))
}

function startsBySlot(
  starts: Float64Array,
  slots: readonly (readonly [number, Slot])[],
  slotOf: (seconds: number) => number,
): number[] {
  const places = new Map(slots.map(([index], place) => [index, place]))
  const counts = new Array<number>(slots.length).fill(0)
  for (const start of starts) {
    const place = places.get(slotOf(start))
    if (place !== undefined) counts[place]!++
  }
  return counts
}

function gapsOf(startSeconds: readonly number[], bucketSeconds: number): [number, number][] {
  const span = startSeconds.length === 0 ? 0 : startSeconds.at(-1)! - startSeconds[0]!
  const shortest = Math.max(GAP_BUCKETS_MIN * bucketSeconds, span * GAP_SHARE_MIN)
  const gaps: [number, number][] = []
  for (let place = 1; place < startSeconds.length; place++) {
    const [from, to] = [startSeconds[place - 1]! + bucketSeconds, startSeconds[place]!]
    if (to - from >= shortest) gaps.push([from, to])
  }
  const longest = gaps.sort((one, other) => other[1] - other[0] - (one[1] - one[0])).slice(0, GAPS_MAX)
  return longest.sort((one, other) => one[0] - other[0])
}

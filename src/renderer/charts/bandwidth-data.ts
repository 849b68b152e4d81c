/** A timeline as the points of a stacked, stepped chart on a folded axis. */

import type { Timeline } from '../../contract/index.ts'
import { type TimeAxis, timeAxis } from './time-axis.ts'

export interface StepPoint {
  readonly x: number
  readonly y: number
}

/** The axis of `range`, in seconds since the capture began, with the timeline's long silences folded. */
export function axisOf(timeline: Timeline, range: readonly [number, number]): TimeAxis {
  const whole = range[1] - range[0]
  const silent = timeline.gaps.reduce((sum, [start, end]) => sum + end - start, 0)
  // A few short pauses are easier read as they are; folds pay where silence takes most of the room.
  const least = silent > whole / 2 ? 0 : whole / 8
  return timeAxis(
    range[0],
    range[1],
    timeline.gaps.filter(([start, end]) => end - start >= least),
  )
}

/**
 * Two points where a bucket begins, so that a step holds for the bucket's width and falls to zero where none follows.
 * `values` are one a bucket; `scale` turns them into what the axis shows.
 */
export function stepPoints(
  timeline: Timeline,
  axis: TimeAxis,
  values: readonly number[],
  scale: number,
): StepPoint[] {
  const { startSeconds, bucketSeconds } = timeline
  const points: StepPoint[] = []
  // The first bucket's start is the first packet's, so the second may begin sooner than one width later.
  const tolerance = bucketSeconds * 0.01
  for (const [place, start] of startSeconds.entries()) {
    points.push({ x: axis.placeOf(start), y: (values[place] ?? 0) * scale })
    const end = start + bucketSeconds
    const next = startSeconds[place + 1]
    if (next === undefined || next > end + tolerance)
      points.push({ x: axis.placeOf(Math.min(end, next ?? end)), y: 0 })
  }
  return points
}

/** The bucket at a place of the axis; -1 in a silence. */
export function bucketAt(timeline: Timeline, axis: TimeAxis, place: number): number {
  const seconds = axis.secondsAt(place)
  const { startSeconds, bucketSeconds } = timeline
  let low = 0
  let high = startSeconds.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (startSeconds[middle]! <= seconds + bucketSeconds * 1e-6) low = middle + 1
    else high = middle - 1
  }
  const start = startSeconds[high]
  return start !== undefined && seconds < start + bucketSeconds * 1.001 ? high : -1
}

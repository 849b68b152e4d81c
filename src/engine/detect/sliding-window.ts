/** Windows that slide over capture time, so that no boundary splits a scan: thresholds hold for any stretch of that length. */

/** Where a window first reached its threshold. */
export interface WindowFiring {
  /** Place of the attempt that reached it. */
  readonly at: number
  /** Place of the first attempt in that window. */
  readonly from: number
}

/**
 * First place at which a window of `seconds` holds at least `count` hits that outnumber the counter-evidence by at
 * least `margin`, or null. `times` ascend; `isHit` and `isCounter` look at places. Both are distinct contacts already,
 * so a pair tried a thousand times is one hit. O(n).
 */
export function firstWindow(
  times: Float64Array,
  seconds: number,
  count: number,
  margin: number,
  isHit: (place: number) => boolean,
  isCounter: (place: number) => boolean,
): WindowFiring | null {
  let from = 0
  let hits = 0
  let counters = 0
  for (let at = 0; at < times.length; at++) {
    if (isHit(at)) hits++
    else if (isCounter(at)) counters++
    while (times[at]! - times[from]! > seconds) {
      if (isHit(from)) hits--
      else if (isCounter(from)) counters--
      from++
    }
    if (hits >= count && hits - counters >= margin && isHit(at)) return { at, from }
  }
  return null
}

/** Most hits in any window. */
export function peakInWindow(
  times: Float64Array,
  seconds: number,
  isHit: (place: number) => boolean,
): number {
  let from = 0
  let hits = 0
  let peak = 0
  for (let at = 0; at < times.length; at++) {
    if (isHit(at)) hits++
    while (times[at]! - times[from]! > seconds) {
      if (isHit(from)) hits--
      from++
    }
    if (hits > peak) peak = hits
  }
  return peak
}

/**
 * First place at which hits that follow each other within `gapSeconds` weigh at least `weight` together, or null
 * (scanlogd's rule).
 */
export function firstWeightedRun(
  times: Float64Array,
  gapSeconds: number,
  weight: number,
  weightOf: (place: number) => number,
): WindowFiring | null {
  let from = 0
  let sum = 0
  let last = -Infinity
  for (let at = 0; at < times.length; at++) {
    const own = weightOf(at)
    if (own === 0) continue
    if (times[at]! - last > gapSeconds) {
      sum = 0
      from = at
    }
    sum += own
    last = times[at]!
    if (sum >= weight) return { at, from }
  }
  return null
}

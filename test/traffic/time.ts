/** Points in capture time, exact: two integers, never a double of epoch nanoseconds. */

export interface Time {
  /** Since 1970-01-01 UTC, floored. */
  readonly seconds: number
  /** 0 to 999,999,999. */
  readonly nanoseconds: number
}

const NANOSECONDS = 1_000_000_000

/** 2023-11-14 22:13:20 UTC: a start for tests that do not care when. */
export const START: Time = { seconds: 1_700_000_000, nanoseconds: 0 }

/** `at(5, 250_000_000)` is 5.25 s after START. */
export function at(seconds: number, nanoseconds = 0): Time {
  return later({ seconds: START.seconds + seconds, nanoseconds: 0 }, nanoseconds)
}

/** `time` plus a whole number of nanoseconds, which may be negative; exact while it is below 2^53 (104 days). */
export function later(time: Time, nanoseconds: number): Time {
  const sum = time.nanoseconds + nanoseconds
  const carry = Math.floor(sum / NANOSECONDS)
  return { seconds: time.seconds + carry, nanoseconds: sum - carry * NANOSECONDS }
}

/** Negative when `a` is earlier, for sorting. */
export function compareTimes(a: Time, b: Time): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}

/** Milliseconds in nanoseconds, so that gaps read as people say them. */
export const ms = (milliseconds: number): number => Math.round(milliseconds * 1_000_000)

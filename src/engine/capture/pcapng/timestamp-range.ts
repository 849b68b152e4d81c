/** Which times are kept as they are. */

/**
 * 100,000,000 days around 1970, the range of ECMAScript's Date (ECMA-262, 21.4.1.1): the year 275,760. A time beyond
 * is noted, since no calendar shows it.
 */
export const TIMESTAMP_SECONDS_MAX = 8_640_000_000_000

/** `seconds`, held within the integers that a double can tell apart. */
export function heldSeconds(seconds: number): number {
  if (seconds > Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER
  if (seconds < Number.MIN_SAFE_INTEGER) return Number.MIN_SAFE_INTEGER
  return seconds
}

/** A capture time in two 32-bit words: 34 bits of seconds around 1970, 30 bits of nanoseconds. */

/** Seconds before and after 1970 that fit: 272 years each way. Times beyond are held at the edge. */
export const PACKED_SECONDS_MAX = 2 ** 33 - 1
const BIAS = 2 ** 33

/** The word that orders first: seconds' two high bits and nothing else, above the nanoseconds. */
export function packedHigh(seconds: number, nanoseconds: number): number {
  // Everything from 1970 to 2106 has the same two high bits.
  if (seconds >= 0 && seconds < 4_294_967_296) return 0x80000000 | nanoseconds
  return (Math.floor((held(seconds) + BIAS) / 4_294_967_296) << 30) | nanoseconds
}

export function packedLow(seconds: number): number {
  if (seconds >= 0 && seconds < 4_294_967_296) return seconds | 0
  return ((held(seconds) + BIAS) % 4_294_967_296) | 0
}

function held(seconds: number): number {
  return seconds > PACKED_SECONDS_MAX ? PACKED_SECONDS_MAX : seconds < -BIAS ? -BIAS : seconds
}

export function unpackSeconds(high: number, low: number): number {
  return (high >>> 30) * 4_294_967_296 + (low >>> 0) - BIAS
}

export function unpackNanoseconds(high: number): number {
  return high & 0x3fffffff
}

/** Negative when the first time is earlier. */
export function comparePacked(highA: number, lowA: number, highB: number, lowB: number): number {
  const era = (highA >>> 30) - (highB >>> 30)
  if (era !== 0) return era
  const seconds = (lowA >>> 0) - (lowB >>> 0)
  if (seconds !== 0) return seconds
  return (highA & 0x3fffffff) - (highB & 0x3fffffff)
}

/** `seconds.nanoseconds` as exact decimal text; negative times as `-0.5` would be written, not floored. */
export function timestampText(seconds: number, nanoseconds: number): string {
  let whole = seconds
  let fraction = nanoseconds
  let sign = ''
  if (seconds < 0) {
    sign = '-'
    whole = fraction === 0 ? -seconds : -seconds - 1
    fraction = fraction === 0 ? 0 : 1_000_000_000 - fraction
  }
  return `${sign}${whole.toFixed(0)}.${String(fraction).padStart(9, '0')}`
}

/** From one time to another in seconds, as near as a double can. */
export function secondsBetween(fromSeconds: number, fromNs: number, toSeconds: number, toNs: number): number {
  return ((toSeconds - fromSeconds) * 1_000_000_000 + (toNs - fromNs)) / 1_000_000_000
}

/** Attempts by source, by target or by any key, in the order of time, without a Map: counting sorts and sorted keys. */

import type { AttemptTable } from './attempt-table.ts'

/** `order[start[h] .. start[h + 1])` are the attempts of host h, in the order of their first records. */
export interface HostIndex {
  readonly start: Int32Array
  readonly order: Int32Array
}

export function indexByHost(table: AttemptTable, hostOf: (attempt: number) => number): HostIndex {
  const start = new Int32Array(table.hosts.count + 1)
  for (let attempt = 0; attempt < table.count; attempt++) {
    const host = hostOf(attempt)
    start[host + 1] = start[host + 1]! + 1
  }
  for (let host = 0; host < table.hosts.count; host++) start[host + 1] = start[host + 1]! + start[host]!
  const next = start.slice()
  const order = new Int32Array(table.count)
  for (let attempt = 0; attempt < table.count; attempt++) {
    const host = hostOf(attempt)
    order[next[host]!] = attempt
    next[host] = next[host]! + 1
  }
  return { start, order }
}

/** 23 bits of place below 30 bits of key: exact in a double, and sorted by the native numeric sort. */
const PLACES = 1 << 23

/** Call `visit` for each group of attempts with one key (0 to 2^30 - 1), keys ascending, members as they stood in `attempts`. */
export function forEachGroup(
  attempts: Int32Array,
  keyOf: (attempt: number) => number,
  visit: (members: Int32Array, key: number) => void,
): void {
  const count = attempts.length
  const keys = new Float64Array(count)
  for (let i = 0; i < count; i++) keys[i] = keyOf(attempts[i]!) * PLACES + i
  keys.sort()
  const sorted = new Int32Array(count)
  for (let i = 0; i < count; i++) sorted[i] = attempts[keys[i]! % PLACES]!
  let from = 0
  for (let i = 1; i <= count; i++) {
    const key = Math.floor(keys[from]! / PLACES)
    if (i < count && Math.floor(keys[i]! / PLACES) === key) continue
    visit(sorted.subarray(from, i), key)
    from = i
  }
}

/** Distinct keys of the attempts. */
export function countDistinct(attempts: Int32Array, keyOf: (attempt: number) => number): number {
  const keys = Float64Array.from(attempts, keyOf).sort()
  let distinct = 0
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) distinct++
  return distinct
}

/** The attempts in the order of time, ties in the order of frames. */
export function inTimeOrder(table: AttemptTable, attempts: Int32Array): Int32Array {
  let previous = -Infinity
  let isOrdered = true
  for (const attempt of attempts) {
    const time = table.time(attempt)
    if (time < previous) isOrdered = false
    previous = time
  }
  if (isOrdered) return attempts
  const times = Float64Array.from(attempts, (attempt) => table.time(attempt))
  const places = Array.from(attempts.keys()).sort(
    (x, y) => times[x]! - times[y]! || attempts[x]! - attempts[y]!,
  )
  return Int32Array.from(places, (place) => attempts[place]!)
}

export function filterAttempts(attempts: Int32Array, keep: (attempt: number) => boolean): Int32Array {
  let count = 0
  for (const attempt of attempts) if (keep(attempt)) count++
  if (count === attempts.length) return attempts
  const kept = new Int32Array(count)
  let next = 0
  for (const attempt of attempts) if (keep(attempt)) kept[next++] = attempt
  return kept
}

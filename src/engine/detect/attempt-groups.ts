/** Attempts by source, by target or by any key, in the order of time, without a Map: counting sorts and sorted keys. */

import { radixOrder } from '../net/radix-sort.ts'
import { ATTEMPT_WORDS } from './attempt-row.ts'
import type { AttemptTable } from './attempt-table.ts'

/** Attempts by host, in the order of their first records. */
export class HostIndex {
  readonly #start: Int32Array
  readonly #order: Int32Array

  constructor(start: Int32Array, order: Int32Array) {
    this.#start = start
    this.#order = order
  }

  count(host: number): number {
    return this.#start[host + 1]! - this.#start[host]!
  }

  of(host: number): Int32Array {
    return this.#order.subarray(this.#start[host], this.#start[host + 1])
  }
}

/** `word`: Attempt.source or Attempt.target. */
export function indexByHost(table: AttemptTable, word: number): HostIndex {
  const { words, count } = table
  const end = count * ATTEMPT_WORDS
  const start = new Int32Array(table.hosts.count + 1)
  for (let at = word; at < end; at += ATTEMPT_WORDS) start[words[at]! + 1] = start[words[at]! + 1]! + 1
  for (let host = 0; host < table.hosts.count; host++) start[host + 1] = start[host + 1]! + start[host]!
  const next = start.slice()
  const order = new Int32Array(count)
  for (let attempt = 0, at = word; attempt < count; attempt++, at += ATTEMPT_WORDS) {
    const host = words[at]!
    order[next[host]!] = attempt
    next[host] = next[host]! + 1
  }
  return new HostIndex(start, order)
}

/**
 * Hosts of `index`, which is by `word` (Attempt.source or Attempt.target), of which at least `least` attempts pass `test`. In one
 * pass over the table as it lies, or, where there are more hosts than attempts, and so hardly any with so many, host by host.
 */
export function hostsWith(
  table: AttemptTable,
  index: HostIndex,
  word: number,
  least: number,
  test: (attempt: number) => boolean,
): number[] {
  const hosts: number[] = []
  if (table.hosts.count > table.count) {
    for (let host = 0; host < table.hosts.count; host++) {
      if (index.count(host) >= least && filterAttempts(index.of(host), test).length >= least) hosts.push(host)
    }
    return hosts
  }
  const counts = new Uint32Array(table.hosts.count)
  for (let attempt = 0, at = word; attempt < table.count; attempt++, at += ATTEMPT_WORDS) {
    if (test(attempt)) counts[table.words[at]!] = counts[table.words[at]!]! + 1
  }
  for (let host = 0; host < counts.length; host++) if (counts[host]! >= least) hosts.push(host)
  return hosts
}

/** Below this many keys, insertion is faster than counting digits. */
const INSERTION_MAX = 48
/** Below this many, comparing is: a counting sort passes over its digits however few keys there are. */
const COMPARISON_MAX = 4096

/** Places 0 to count - 1 in the order of their keys, equal keys in their own order. */
function orderOf(keys: Uint32Array): Uint32Array {
  const count = keys.length
  if (count > COMPARISON_MAX) return radixOrder(keys)
  if (count > INSERTION_MAX) {
    const placed = new Float64Array(count)
    for (let i = 0; i < count; i++) placed[i] = keys[i]! * COMPARISON_MAX + i
    placed.sort()
    // Written out: TypedArray.from with a function goes through an iterator, which costs more than the sorting.
    const places = new Uint32Array(count)
    for (let i = 0; i < count; i++) places[i] = placed[i]! % COMPARISON_MAX
    return places
  }
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const key = keys[i]!
    let at = i
    while (at > 0 && keys[order[at - 1]!]! > key) {
      order[at] = order[at - 1]!
      at--
    }
    order[at] = i
  }
  return order
}

function keysOf(attempts: Int32Array, keyOf: (attempt: number) => number): Uint32Array {
  const keys = new Uint32Array(attempts.length)
  for (let i = 0; i < attempts.length; i++) keys[i] = keyOf(attempts[i]!)
  return keys
}

/**
 * Call `visit` for each group of at least `membersMin` attempts with one key (an unsigned 32-bit number), keys
 * ascending, members as they stood in `attempts`.
 */
export function forEachGroup(
  attempts: Int32Array,
  keyOf: (attempt: number) => number,
  membersMin: number,
  visit: (members: Int32Array, key: number) => void,
): void {
  const count = attempts.length
  if (count < membersMin) return
  const keys = keysOf(attempts, keyOf)
  if (count > COMPARISON_MAX && keys.every((key) => key === keys[0])) {
    visit(attempts, keys[0]!)
    return
  }
  const order = orderOf(keys)
  const sorted = new Int32Array(count)
  for (let i = 0; i < count; i++) sorted[i] = attempts[order[i]!]!
  let from = 0
  for (let i = 1; i <= count; i++) {
    const key = keys[order[from]!]!
    if (i < count && keys[order[i]!] === key) continue
    if (i - from >= membersMin) visit(sorted.subarray(from, i), key)
    from = i
  }
}

/** Distinct keys (unsigned 32-bit numbers) of the attempts. */
export function countDistinct(attempts: Int32Array, keyOf: (attempt: number) => number): number {
  const keys = keysOf(attempts, keyOf)
  const order = orderOf(keys)
  let distinct = 0
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[order[i]!] !== keys[order[i - 1]!]) distinct++
  return distinct
}

/** Distinct keys below `limit`: where there are many, by a byte for each instead of sorting. */
export function countDistinctBelow(
  limit: number,
  attempts: Int32Array,
  keyOf: (attempt: number) => number,
): number {
  // So that many small groups do not each clear a large array.
  if (attempts.length * 8 < limit) return countDistinct(attempts, keyOf)
  const isKnown = new Uint8Array(limit)
  let distinct = 0
  for (let i = 0; i < attempts.length; i++) {
    const key = keyOf(attempts[i]!)
    distinct += 1 - isKnown[key]!
    isKnown[key] = 1
  }
  return distinct
}

/** Distinct (target, port): of one kind of probe each attempt is one, of several they may meet. */
export function countPairs(table: AttemptTable, attempts: Int32Array): number {
  if (attempts.every((attempt) => table.kind(attempt) === table.kind(attempts[0]!))) return attempts.length
  const keys = new Float64Array(attempts.length)
  for (let i = 0; i < keys.length; i++)
    keys[i] = table.target(attempts[i]!) * 65_536 + table.port(attempts[i]!)
  keys.sort()
  let distinct = 0
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) distinct++
  return distinct
}

/** Seconds from the capture's first time to each attempt. */
export function timesOf(table: AttemptTable, attempts: Int32Array): Float64Array {
  const times = new Float64Array(attempts.length)
  for (let i = 0; i < attempts.length; i++) times[i] = table.time(attempts[i]!)
  return times
}

/** The attempts in the order of time, ties in the order of frames. */
export function inTimeOrder(table: AttemptTable, attempts: Int32Array): Int32Array {
  const times = timesOf(table, attempts)
  if (isAscending(times)) return attempts
  return Int32Array.from(placesInOrder(attempts, times), (place) => attempts[place]!)
}

/** Places of the attempts in the order of their times, ties in the order of frames. */
export function placesInOrder(attempts: Int32Array, times: Float64Array): number[] {
  return Array.from(attempts.keys()).sort((x, y) => times[x]! - times[y]! || attempts[x]! - attempts[y]!)
}

export function isAscending(times: Float64Array): boolean {
  for (let i = 1; i < times.length; i++) if (times[i]! < times[i - 1]!) return false
  return true
}

export function filterAttempts(attempts: Int32Array, keep: (attempt: number) => boolean): Int32Array {
  const count = attempts.length
  let kept = 0
  while (kept < count && keep(attempts[kept]!)) kept++
  if (kept === count) return attempts
  const chosen = new Int32Array(count)
  chosen.set(attempts.subarray(0, kept))
  for (let i = kept + 1; i < count; i++) if (keep(attempts[i]!)) chosen[kept++] = attempts[i]!
  return chosen.slice(0, kept)
}

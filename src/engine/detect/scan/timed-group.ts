/** Attempts that belong together, in the order of time, as the window rules read them. */

import { isAscending, placesInOrder, timesOf } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'

export interface TimedGroup {
  readonly members: Int32Array
  /** Seconds since the capture's first time, ascending. */
  readonly times: Float64Array
}

export function timedGroup(table: AttemptTable, attempts: Int32Array): TimedGroup {
  const times = timesOf(table, attempts)
  if (isAscending(times)) return { members: attempts, times }
  const places = placesInOrder(attempts, times)
  return {
    members: Int32Array.from(places, (place) => attempts[place]!),
    times: Float64Array.from(places, (place) => times[place]!),
  }
}

/** Why a rule fired, and on which attempts. */
export interface Firing {
  /** The attempt that reached the threshold. */
  readonly attempt: number
  /** What was reached: completes "because …". */
  readonly because: string
  readonly measure: string
  readonly measured: number
  readonly threshold: number
  /** The same said of the group's whole evidence, where more can be said than at the moment of firing. */
  readonly whole?: Exceeded
}

/** By how much a group's whole evidence exceeds a threshold. */
export interface Exceeded {
  readonly measure: string
  readonly value: number
  readonly threshold: number
  /** Names value and threshold; completes "because …". */
  readonly because: string
}

/** The measure most exceeded, or null when none reaches its threshold; the first of equals. */
export function mostExceeded(measures: readonly Exceeded[]): Exceeded | null {
  let most: Exceeded | null = null
  for (const one of measures) {
    if (one.value < one.threshold) continue
    if (most === null || one.value * most.threshold > most.value * one.threshold) most = one
  }
  return most
}

/** `because` of several firings: what is most exceeded in any of them first, then what fired first, where it is another. */
export function becauseOf(first: Firing, firings: readonly Firing[]): string {
  const whole = mostExceeded(firings.flatMap((firing) => firing.whole ?? []))
  if (whole === null) return first.because
  return whole.measure === first.measure
    ? whole.because
    : `${whole.because}; the rule had fired already when ${first.because}`
}

/** Attempts that belong together, in the order of time, as the window rules read them. */

import { inTimeOrder, timesOf } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'

export interface TimedGroup {
  readonly members: Int32Array
  /** Seconds since the capture's first time, ascending. */
  readonly times: Float64Array
}

export function timedGroup(table: AttemptTable, attempts: Int32Array): TimedGroup {
  const members = inTimeOrder(table, attempts)
  return { members, times: timesOf(table, members) }
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
}

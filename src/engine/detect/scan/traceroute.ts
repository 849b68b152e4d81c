/** Traceroutes: probes to one target whose time to live climbs hop by hop, often to a port of its own each. */

import { Row } from '../../aggregate/conversation-row.ts'
import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import { TRACED } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'

/** Zeek's traceroute script: a first time to live below 10, and three expired on the way. */
const FIRST_HOP_MAX = 5
const HOPS_MIN = 3

/** `members`: attempts of one source on one target in the order of their frames. */
export function isTraceroute(table: AttemptTable, members: Int32Array): boolean {
  if (members.length < HOPS_MIN) return false
  let expired = 0
  let climbs = 0
  let falls = 0
  let lowest = 255
  let previous = -1
  for (const attempt of members) {
    const hops = table.firstWord(attempt, Row.firstPacketAndErrors) & 0xff
    if ((table.bits(attempt) & TRACED) !== 0) expired++
    if (previous !== -1 && hops > previous) climbs++
    if (previous !== -1 && hops < previous) falls++
    lowest = Math.min(lowest, hops)
    previous = hops
  }
  if (expired >= HOPS_MIN && expired >= 0.2 * members.length) return true
  // Scanners that vary their time to live vary it at random, and never start at the first hop.
  return lowest > 0 && lowest <= FIRST_HOP_MAX && climbs >= HOPS_MIN - 1 && falls <= 0.1 * climbs
}

/** The attempts without those on targets that the source traces the route to. */
export function withoutTraceroutes(table: AttemptTable, attempts: Int32Array): Int32Array {
  const traced: number[] = []
  forEachGroup(
    attempts,
    (attempt) => table.target(attempt),
    HOPS_MIN,
    (members, target) => {
      if (isTraceroute(table, members)) traced.push(target)
    },
  )
  if (traced.length === 0) return attempts
  const routes = new NumberSet(Int32Array.from(traced))
  return filterAttempts(attempts, (attempt) => !routes.has(table.target(attempt)))
}

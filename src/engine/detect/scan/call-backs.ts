/** Who contacts a host because it came: ident (RFC 1413), and whatever else a server asks of its clients when they connect. */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { AttemptBits } from '../record-probe.ts'
import { unionAttempts } from '../typed-concat.ts'

/**
 * From a client's connection to the question that it draws: servers ask before they greet. Higher excuses who scans those
 * that have lately used its services, lower calls slow servers scanners.
 */
const CALL_BACK_SECONDS = 5

/**
 * The attempts without those that call a host back. `own` are of one source, `received` those of others on it. Its hosts have
 * chosen themselves, so it looks for none, as long as it asks no more of each than that has begun connections: who is
 * answered with a scan of its ports is scanned all the same.
 */
export function withoutCallBacks(table: AttemptTable, own: Int32Array, received: Int32Array): Int32Array {
  const begun = filterAttempts(received, (attempt) => isEstablished(table, attempt))
  if (own.length === 0 || begun.length === 0) return own
  const source = table.source(own[0]!)
  const isOwn = (attempt: number): boolean => table.source(attempt) === source
  const peerOf = (attempt: number): number => (isOwn(attempt) ? table.target(attempt) : table.source(attempt))
  const found: number[] = []
  forEachGroup(unionAttempts([own, begun]), peerOf, 2, (members) => {
    const asked = filterAttempts(members, isOwn)
    const came = filterAttempts(members, (attempt) => !isOwn(attempt))
    let conversations = 0
    for (const attempt of came) conversations += table.recordCount(attempt)
    if (asked.length > conversations) return
    const times = beginnings(table, came)
    for (const attempt of asked) if (isSoonAfter(times, table.time(attempt))) found.push(attempt)
  })
  if (found.length === 0) return own
  const callBacks = new NumberSet(Int32Array.from(found))
  return filterAttempts(own, (attempt) => !callBacks.has(attempt))
}

/** Nobody's forged SYN: its sender took up the answer. */
function isEstablished(table: AttemptTable, attempt: number): boolean {
  return (table.bits(attempt) & (AttemptBits.completed | AttemptBits.inferred)) === AttemptBits.completed
}

/** Seconds at which the connections were begun, ascending: of those to one port the first and the last. */
function beginnings(table: AttemptTable, connections: Int32Array): Float64Array {
  const times = new Float64Array(2 * connections.length)
  connections.forEach((connection, i) => {
    times[2 * i] = table.time(connection)
    times[2 * i + 1] = table.firstSeconds(table.lastRow(connection))
  })
  return times.sort()
}

/** `times` ascend. */
function isSoonAfter(times: Float64Array, seconds: number): boolean {
  let from = 0
  let to = times.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (times[middle]! <= seconds) from = middle + 1
    else to = middle
  }
  return from > 0 && seconds - times[from - 1]! <= CALL_BACK_SECONDS
}

/** Contacts that are retried by a program that wants to use them: a monitor, or a client of a service that is down. */

import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { Outcome } from '../record-probe.ts'

/** Packets of a question asked once, in a capture that shows each twice, and seconds until its answer. */
const COPIES_MAX = 2
const ONCE_SECONDS = 1

/** A pair contacted this often over this long. */
export const RETRY_COUNT = 4
const RETRY_SECONDS = 60
/** Nmap asks a port eleven times at most (its --max-retries is 10), however fast. */
export const SCANNER_RECORDS_MAX = 11

/** Tried more often than any scanner would: conversations, and of UDP, which begins none anew, the datagrams of the first. */
export function isInsisted(table: AttemptTable, attempt: number): boolean {
  if (table.recordCount(attempt) > SCANNER_RECORDS_MAX) return true
  return table.kind(attempt) === ProbeKind.udp && table.askedCount(attempt) > SCANNER_RECORDS_MAX
}

export function isPersistentRetry(table: AttemptTable, attempt: number): boolean {
  if (isInsisted(table, attempt)) return true
  // UDP begins no conversation anew: its datagrams are the tries.
  const isUdp = table.kind(attempt) === ProbeKind.udp
  const tries = isUdp
    ? Math.max(table.recordCount(attempt), table.askedCount(attempt))
    : table.recordCount(attempt)
  return (
    tries >= RETRY_COUNT && table.lastSeconds(table.lastRow(attempt)) - table.time(attempt) >= RETRY_SECONDS
  )
}

/** Asked once, or known by one answer: whoever uses or watches something asks again. */
export function isAskedOnce(table: AttemptTable, attempt: number): boolean {
  return (
    table.recordCount(attempt) === 1 &&
    Math.max(table.askedCount(attempt), table.answerCount(attempt)) <= COPIES_MAX &&
    table.lastSeconds(table.firstRow(attempt)) - table.time(attempt) <= ONCE_SECONDS
  )
}

/** Refused, and asked again all the same: a scanner has its answer with the first reset, a program waits for the service. */
export function isRefusedAgain(table: AttemptTable, attempt: number): boolean {
  return table.outcome(attempt) === Outcome.refused && table.recordCount(attempt) >= RETRY_COUNT
}

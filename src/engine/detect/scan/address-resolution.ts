/** How systems ask for their neighbours' hardware addresses: ARP (RFC 826, RFC 1122 section 2.3.2) and neighbour discovery (RFC 4861). */

import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'

/** RFC 4861 section 10: three solicitations, a second apart; systems ask by ARP alike, RFC 1122 section 2.3.2.1 allows no more a second. */
export const SOLICITATIONS = 3
/** Two such gaps, less what timers and captures lose. Lower takes the quick repeats of scanners for a system's. */
const SOLICITING_SECONDS = 1.5

/** ARP and neighbour solicitations are sent to many, so a capture may show them without their answers. */
export function isBroadcast(kind: number): boolean {
  return kind === ProbeKind.arp || kind === ProbeKind.ndp
}

/** Asked as often and as slowly as a system that has a packet for the address; tools ask once or twice, or faster. */
export function isResolution(table: AttemptTable, kind: number, attempt: number): boolean {
  return (
    isBroadcast(kind) &&
    table.askedCount(attempt) >= SOLICITATIONS &&
    table.lastSeconds(table.firstRow(attempt)) - table.time(attempt) >= SOLICITING_SECONDS
  )
}

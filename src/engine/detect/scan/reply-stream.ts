/** What a service sends its clients, of whose questions the capture shows nothing: from one port to many of the clients' own. */

import { Row } from '../../aggregate/conversation-row.ts'
import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { ProbeKind } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'

/** Below the ports that systems and scanners send from: Linux begins at 32768, RFC 6335 section 6 at 49152, Nmap at 33000. */
export const EPHEMERAL_PORT_MIN = 32_768
const UNPRIVILEGED_PORT_MIN = 1024

/**
 * True of a source whose lone ACKs or FIN+ACKs to one target all come from one port of a service and go to ports of clients
 * only: it ends their connections. Whoever scans looks for services, below 1024 too.
 */
function isServerSide(table: AttemptTable, attempts: Int32Array): boolean {
  const first = table.sourcePort(attempts[0]!)
  return (
    first < EPHEMERAL_PORT_MIN &&
    attempts.every(
      (attempt) => table.sourcePort(attempt) === first && table.port(attempt) >= UNPRIVILEGED_PORT_MIN,
    )
  )
}

/** A datagram from a privileged port to a client's, with something in it. */
export function isAnswer(table: AttemptTable, attempt: number): boolean {
  return (
    table.sourcePort(attempt) < UNPRIVILEGED_PORT_MIN &&
    table.port(attempt) >= UNPRIVILEGED_PORT_MIN &&
    (table.bits(attempt) & AttemptBits.empty) === 0
  )
}

/**
 * True of a source whose datagrams to one target all come from one port below 1024, or one whose payload names the
 * service, and go to unprivileged ports only. A scanner that forges port 53 as its source still tries low ports, or
 * sends datagrams without a byte, which answer nothing.
 */
export function isReplyStream(table: AttemptTable, attempts: Int32Array): boolean {
  const first = table.sourcePort(attempts[0]!)
  if (first >= UNPRIVILEGED_PORT_MIN && (table.firstWord(attempts[0]!, Row.applicationAndPath) & 0xff) === 0)
    return false
  for (const attempt of attempts) {
    if (table.port(attempt) < UNPRIVILEGED_PORT_MIN || table.sourcePort(attempt) !== first) return false
    if ((table.bits(attempt) & AttemptBits.empty) !== 0) return false
  }
  return true
}

/** Lone segments to one target below which nothing is said of them: three stealth probes are the least. */
const SEGMENTS_MIN = 3

/** The attempts without those that end a service's connections with its clients. */
export function withoutClosings(table: AttemptTable, attempts: Int32Array): Int32Array {
  const lone = filterAttempts(
    attempts,
    (attempt) => table.kind(attempt) === ProbeKind.tcpAck || table.kind(attempt) === ProbeKind.tcpMaimon,
  )
  const keyOf = (attempt: number): number => (table.kind(attempt) << 24) | table.target(attempt)
  const closings: number[] = []
  forEachGroup(lone, keyOf, SEGMENTS_MIN, (members, key) => {
    if (isServerSide(table, members)) closings.push(key)
  })
  if (closings.length === 0) return attempts
  const closed = new NumberSet(Int32Array.from(closings))
  return filterAttempts(attempts, (attempt) => !closed.has(keyOf(attempt)))
}

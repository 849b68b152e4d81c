/** What the probes of a scan look like, by their kind and by what followed them. */

import type { AttemptTable } from '../attempt-table.ts'
import { PROBE_KIND_COUNT, ProbeKind, TECHNIQUE_NAMES } from '../probe-kind.ts'
import { isMarkedProbe } from '../probe-marks.ts'
import { AttemptBits } from '../record-probe.ts'

/** The techniques of the attempts, in a fixed order, such as `tcp-syn` or `icmp-echo+icmp-timestamp`. */
export function techniqueOf(table: AttemptTable, attempts: Int32Array): string {
  const counts = new Uint32Array(PROBE_KIND_COUNT)
  for (const attempt of attempts) counts[table.kind(attempt)] = counts[table.kind(attempt)]! + 1
  const names: string[] = []
  for (let kind = 0; kind < PROBE_KIND_COUNT; kind++) {
    if (counts[kind] === 0) continue
    if (kind === ProbeKind.tcpSyn) names.push(isConnect(table, attempts) ? 'tcp-connect' : 'tcp-syn')
    else if (kind === ProbeKind.tcpAck && hasWindows(table, attempts)) names.push('tcp-window')
    else names.push(TECHNIQUE_NAMES[kind]!)
  }
  return names.join('+')
}

/**
 * connect() completes the handshake of an open port; a SYN scanner's own system resets it, knowing nothing of the
 * SYN. Where no port was open, all that was on the wire is SYNs.
 */
function isConnect(table: AttemptTable, attempts: Int32Array): boolean {
  let completed = 0
  let halfOpen = 0
  for (const attempt of attempts) {
    const bits = table.bits(attempt)
    if (table.kind(attempt) !== ProbeKind.tcpSyn) continue
    if ((bits & AttemptBits.halfOpen) !== 0 || isMarkedProbe(table, attempt)) halfOpen++
    else if ((bits & AttemptBits.completed) !== 0) completed++
  }
  return completed > halfOpen
}

/** The window scan looks for resets with a window; on systems that send none it is an ACK scan to everybody. */
function hasWindows(table: AttemptTable, attempts: Int32Array): boolean {
  return attempts.some((attempt) => (table.bits(attempt) & AttemptBits.rstWindow) !== 0)
}

/** Backscatter (Moore, Voelker, Savage 2001): a flooded host answers forged sources, and its answers reach the innocent. */

import { countDistinct, filterAttempts, forEachGroup, hostsWith } from '../attempt-groups.ts'
import { Attempt } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { bpfFilter } from '../filters/bpf-filter.ts'
import { distinctOf, probeSets } from '../filters/probe-set.ts'
import { wiresharkFilter } from '../filters/wireshark-filter.ts'
import { AttemptBits } from '../record-probe.ts'
import { logSeverity } from '../severity.ts'
import { concatAttempts } from '../typed-concat.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** Share of the unasked answers that must come from the flooded ports. */
const MAIN_SHARE_MIN = 0.9

export function backscatters(context: TrafficContext): TrafficDraft[] {
  const { table, byTarget, explained } = context
  const limits = context.limits.backscatter
  const drafts: TrafficDraft[] = []
  // Attempts that only their answers tell of, from hosts that never showed themselves: SYN+ACK or RST and no more.
  const isUnasked = (attempt: number): boolean =>
    (table.bits(attempt) & (AttemptBits.inferred | AttemptBits.served)) === AttemptBits.inferred
  for (const victim of hostsWith(table, byTarget, Attempt.target, limits.peers, isUnasked)) {
    const all = byTarget.of(victim)
    const unasked = filterAttempts(all, isUnasked)
    if (unasked.length < 0.5 * all.length) continue
    // The busiest ports: late resets of a few other conversations do not make a flood of many ports.
    const byPort: { readonly port: number; readonly members: Int32Array }[] = []
    forEachGroup(
      unasked,
      (attempt) => table.port(attempt),
      1,
      (members, port) => {
        byPort.push({ port, members: members.slice() })
      },
    )
    byPort.sort((x, y) => y.members.length - x.members.length || x.port - y.port)
    const busiest = byPort
      .slice(0, limits.portsMax)
      .filter(({ members }) => members.length > (1 - MAIN_SHARE_MIN) * unasked.length)
    const ports = busiest.map(({ port }) => port)
    const flooded = concatAttempts(busiest.map(({ members }) => members))
    if (flooded.length < MAIN_SHARE_MIN * unasked.length) continue
    const peers = countDistinct(flooded, (attempt) => table.source(attempt))
    if (peers < limits.peers) continue
    const address = table.hosts.text(victim)
    const span = recordSpan(
      table,
      flooded.map((attempt) => table.firstRow(attempt)),
    )
    const targets = distinctOf(flooded.map((attempt) => table.source(attempt)))
    explained.set(victim, 'backscatter')
    drafts.push({
      rule: 'backscatter',
      severity: logSeverity(peers, -1),
      confidence: 0.85,
      title: `Backscatter from ${address}`,
      explanation: `${address} answered ${peers} hosts that never asked, always from port ${ports.join(' or ')}: it is most likely the victim of a flood with forged sources, and scans nobody.`,
      actors: [address],
      targets: Array.from(targets, (host) => table.hosts.text(host)),
      ports: [],
      ...spanFields(span),
      firedFrame: table.frame(flooded[limits.peers - 1]!),
      measures: {
        peers,
        peersThreshold: limits.peers,
        sourcePorts: ports.length,
        sourcePortsMax: limits.portsMax,
      },
      ...filtersOf(table, flooded),
    })
  }
  return drafts
}

/** The answers, or the errors that quote what was answered. What BPF must step over is said for all findings of this kind. */
function filtersOf(table: AttemptTable, unasked: Int32Array): Pick<TrafficDraft, 'wireshark' | 'bpf'> {
  const sets = probeSets(table, unasked, null)
  const bare = sets.map((set) => ({ ...set, encapsulation: set.encapsulation === null ? null : '' }))
  return { wireshark: wiresharkFilter(table.hosts, sets), bpf: bpfFilter(table.hosts, bare) }
}

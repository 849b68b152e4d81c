/** UDP and ICMP floods: masses of packets to one host that it does not answer, or pings faster than people send them. */

import { countAt } from '../../aggregate/conversation-counts.ts'
import { Row } from '../../aggregate/conversation-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { AttemptBits } from '../record-probe.ts'
import { ProbeKind } from '../probe-kind.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { logSeverity } from '../severity.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

const EXAMPLES = 10

export function udpFloods(context: TrafficContext): TrafficDraft[] {
  return floods(context, 'udp-flood', ProbeKind.udp)
}

export function icmpFloods(context: TrafficContext): TrafficDraft[] {
  return floods(context, 'icmp-flood', ProbeKind.icmpEcho)
}

function floods(context: TrafficContext, rule: 'udp-flood' | 'icmp-flood', kind: number): TrafficDraft[] {
  const { table } = context
  const limits = context.limits[rule]
  const flows = new Uint32Array(table.hosts.count)
  const packets = new Float64Array(table.hosts.count)
  const records = table.evidence.conversations
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    const attempt = table.attemptOfRow[row]!
    if (attempt === -1 || !isFlood(context, attempt, kind)) continue
    const target = table.target(attempt)
    const side = table.hostA[row] === table.source(attempt) ? Row.packetsFromA : Row.packetsFromB
    flows[target] = flows[target]! + 1
    packets[target] = packets[target]! + countAt(records.slab(row), records.at(row) + side)
  }
  const flowsMin = rule === 'udp-flood' ? context.limits['udp-flood'].flows : 1
  const victims = victimRows(
    table,
    (target) => packets[target]! >= limits.packets && flows[target]! >= flowsMin,
    (attempt) => isFlood(context, attempt, kind),
  )
  const drafts: TrafficDraft[] = []
  for (const { target, rows } of victims) {
    const span = recordSpan(table, rows)
    const rate = packets[target]! / Math.max(1, span.seconds)
    if (rate < limits.perSecond) continue
    drafts.push(draftOf(context, rule, target, rows, packets[target]!, rate, span))
  }
  return drafts
}

/** Not of a scanner; datagrams without an answer, or any pings. */
function isFlood({ table, isScanner }: TrafficContext, attempt: number, kind: number): boolean {
  if (table.kind(attempt) !== kind || isScanner[table.source(attempt)] === 1) return false
  return kind === ProbeKind.icmpEcho || (table.bits(attempt) & AttemptBits.served) === 0
}

interface Victim {
  readonly target: number
  /** Conversation records of the flood. */
  readonly rows: number[]
}

/** The targets that `isVictim`, each with its records, in one pass over all records. */
function victimRows(
  table: AttemptTable,
  isVictim: (target: number) => boolean,
  isFlood: (attempt: number) => boolean,
): Victim[] {
  const victims: Victim[] = []
  const victimOf = new Int32Array(table.hosts.count).fill(-1)
  for (let target = 0; target < table.hosts.count; target++) {
    if (isVictim(target)) victimOf[target] = victims.push({ target, rows: [] }) - 1
  }
  if (victims.length === 0) return []
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    const attempt = table.attemptOfRow[row]!
    if (attempt === -1) continue
    const victim = victimOf[table.target(attempt)]!
    if (victim !== -1 && isFlood(attempt)) victims[victim]!.rows.push(row)
  }
  return victims
}

function draftOf(
  { table, explained }: TrafficContext,
  rule: 'udp-flood' | 'icmp-flood',
  target: number,
  rows: readonly number[],
  packets: number,
  rate: number,
  span: ReturnType<typeof recordSpan>,
): TrafficDraft {
  const sources = distinctOf(Int32Array.from(rows, (row) => table.source(table.attemptOfRow[row]!)))
  const ports = distinctOf(Int32Array.from(rows, (row) => table.port(table.attemptOfRow[row]!)))
  for (const source of sources) explained.set(source, 'flood')
  explained.set(target, 'flood')
  const victim = table.hosts.text(target)
  const name = rule === 'udp-flood' ? 'UDP packets' : 'echo requests'
  const field = ipField(victim)
  const echo = field === 'ip' ? 'icmp.type == 8' : 'icmpv6.type == 128'
  const bpfEcho = field === 'ip' ? 'icmp[0] == 8' : 'icmp6 and ip6[40] == 128'
  return {
    rule,
    severity: logSeverity(packets / 10),
    confidence: 0.85,
    title: `${rule === 'udp-flood' ? 'UDP' : 'ICMP'} flood against ${victim}`,
    explanation: `${sources.length === 1 ? table.hosts.text(sources[0]!) : `${sources.length} sources`} sent ${packets} ${name} to ${victim}, ${Math.round(rate)} a second.`,
    actors: Array.from(sources.subarray(0, EXAMPLES), (source) => table.hosts.text(source)),
    targets: [victim],
    ports: rule === 'udp-flood' ? [...ports] : [],
    ...spanFields(span),
    firedFrame: span.firstFrame,
    measures: { packets, perSecond: Math.round(rate), flows: rows.length, sources: sources.length },
    wireshark:
      rule === 'udp-flood'
        ? `${field}.dst == ${victim} && udp && !icmp && !icmpv6`
        : `${field}.dst == ${victim} && ${echo}`,
    bpf: rule === 'udp-flood' ? `udp and dst host ${victim}` : `${bpfEcho} and dst host ${victim}`,
  }
}

/** UDP and ICMP floods: masses of packets to one host that it does not answer, or pings faster than people send them. */

import { Row } from '../../aggregate/conversation-row.ts'
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
  const isFlood = (attempt: number): boolean => {
    if (attempt === -1 || table.kind(attempt) !== kind || context.isScanner[table.source(attempt)] === 1)
      return false
    return kind === ProbeKind.icmpEcho || (table.bits(attempt) & AttemptBits.served) === 0
  }
  const sentBy = (row: number, attempt: number): number => {
    const isA = table.hostA[row] === table.source(attempt)
    const records = table.evidence.conversations
    return records.slab(row)[records.at(row) + (isA ? Row.packetsFromA : Row.packetsFromB)]! >>> 0
  }
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    const attempt = table.attemptOfRow[row]!
    if (!isFlood(attempt)) continue
    const target = table.target(attempt)
    flows[target] = flows[target]! + 1
    packets[target] = packets[target]! + sentBy(row, attempt)
  }
  const drafts: TrafficDraft[] = []
  const flowsMin = rule === 'udp-flood' ? context.limits['udp-flood'].flows : 1
  for (let target = 0; target < table.hosts.count; target++) {
    if (packets[target]! < limits.packets || flows[target]! < flowsMin) continue
    const rows: number[] = []
    for (let row = 0; row < table.attemptOfRow.length; row++) {
      const attempt = table.attemptOfRow[row]!
      if (isFlood(attempt) && table.target(attempt) === target) rows.push(row)
    }
    const span = recordSpan(table, rows)
    const rate = packets[target]! / Math.max(1, span.seconds)
    if (rate < limits.perSecond) continue
    drafts.push(draftOf(context, rule, target, rows, packets[target]!, rate, span))
  }
  return drafts
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

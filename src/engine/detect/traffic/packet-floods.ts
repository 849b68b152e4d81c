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
  const flowsMin = rule === 'udp-flood' ? context.limits['udp-flood'].flows : 1
  const drafts: TrafficDraft[] = []
  for (const { target, rows, packets } of victims(context, kind, limits.packets, flowsMin)) {
    const span = recordSpan(table, rows)
    const rate = packets / Math.max(1, span.seconds)
    if (rate < limits.perSecond) continue
    drafts.push(draftOf(context, rule, target, rows, packets, rate, span))
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
  /** Conversation records of the flood, and packets in them. */
  readonly rows: number[]
  packets: number
}

/** Packets of one record, or records of one attempt, that make its target be looked at however few they are. */
const FEW = 8

/**
 * Targets of at least so many packets in so many records. Only those that may be are counted, as most hosts of a large
 * capture are not, and a count for each would be a cache miss a record.
 */
function victims(
  context: TrafficContext,
  kind: number,
  packetsMin: number,
  flowsMin: number,
): readonly Victim[] {
  const { table, byTarget } = context
  const mayBe = new Uint8Array(table.hosts.count)
  forEachRecord(context, kind, (attempt, row) => {
    if (packetsOf(table, attempt, row) > FEW || table.recordCount(attempt) > FEW)
      mayBe[table.target(attempt)] = 1
  })
  let count = 0
  for (let target = 0; target < table.hosts.count; target++) {
    if (byTarget.count(target) * FEW * FEW >= packetsMin) mayBe[target] = 1
    count += mayBe[target]!
  }
  if (count === 0) return []
  const numberOf = new Int32Array(table.hosts.count).fill(-1)
  for (let target = 0, number = 0; target < table.hosts.count; target++)
    if (mayBe[target] === 1) numberOf[target] = number++
  const packets = new Float64Array(count)
  const flows = new Uint32Array(count)
  forEachRecord(context, kind, (attempt, row) => {
    const number = numberOf[table.target(attempt)]!
    if (number === -1) return
    packets[number] = packets[number]! + packetsOf(table, attempt, row)
    flows[number] = flows[number]! + 1
  })
  const found: Victim[] = []
  for (let target = 0; target < table.hosts.count; target++) {
    const number = numberOf[target]!
    const isVictim = number !== -1 && packets[number]! >= packetsMin && flows[number]! >= flowsMin
    numberOf[target] = isVictim ? found.push({ target, rows: [], packets: packets[number]! }) - 1 : -1
  }
  if (found.length === 0) return []
  forEachRecord(context, kind, (attempt, row) => {
    const number = numberOf[table.target(attempt)]!
    if (number !== -1) found[number]!.rows.push(row)
  })
  return found
}

/** The records of attempts that may be of a flood, each with its attempt. */
function forEachRecord(
  context: TrafficContext,
  kind: number,
  visit: (attempt: number, row: number) => void,
): void {
  const { attemptOfRow } = context.table
  for (let row = 0; row < attemptOfRow.length; row++) {
    const attempt = attemptOfRow[row]!
    if (attempt !== -1 && isFlood(context, attempt, kind)) visit(attempt, row)
  }
}

/** Packets that the attempt's source sent in one of its records. */
function packetsOf(table: AttemptTable, attempt: number, row: number): number {
  const records = table.evidence.conversations
  const side = table.hostA[row] === table.source(attempt) ? Row.packetsFromA : Row.packetsFromB
  return countAt(records.slab(row), records.at(row) + side)
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

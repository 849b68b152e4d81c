/**
 * Reflection by TCP (Kührer, Hupperich, Rossow, Holz, Hell of a Handshake, WOOT 2014): servers answer SYNs that were forged in a
 * victim's name, and repeat the SYN+ACK until it is reset.
 */

import { filterAttempts, hostsWith } from '../attempt-groups.ts'
import { Attempt } from '../attempt-row.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { addresses } from '../filters/wireshark-filter.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isUnasked } from '../scan/probe-or-use.ts'
import { logSeverity } from '../severity.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

export function handshakeReflections(context: TrafficContext): TrafficDraft[] {
  const { table, bySource, isScanner } = context
  const { reflectors } = context.limits['reflection-amplification']
  const drafts: TrafficDraft[] = []
  const isAnswered = (attempt: number): boolean =>
    table.kind(attempt) === ProbeKind.tcpSyn && isUnasked(table, attempt)
  for (const victim of hostsWith(table, bySource, Attempt.source, reflectors, isAnswered)) {
    if (isScanner[victim] === 1) continue
    const draft = draftOf(context, victim, filterAttempts(bySource.of(victim), isAnswered))
    if (draft !== null) drafts.push(draft)
  }
  return drafts
}

function draftOf(
  { table, limits, explained }: TrafficContext,
  victim: number,
  members: Int32Array,
): TrafficDraft | null {
  const { reflectors, handshakes, handshakesPerSecond } = limits['reflection-amplification']
  const hosts = distinctOf(members.map((attempt) => table.target(attempt)))
  if (hosts.length < reflectors) return null
  let answers = 0
  let fired = -1
  for (const attempt of members) {
    answers += table.answerCount(attempt)
    if (fired === -1 && answers >= handshakes) fired = attempt
  }
  const span = recordSpan(
    table,
    members.map((attempt) => table.firstRow(attempt)),
  )
  const rate = answers / Math.max(1, span.seconds)
  if (fired === -1 || rate < handshakesPerSecond) return null
  const address = table.hosts.text(victim)
  for (const host of hosts) explained.set(host, 'reflection')
  explained.set(victim, 'reflection')
  const field = ipField(address)
  return {
    rule: 'reflection-amplification',
    severity: logSeverity(answers),
    confidence: 0.85,
    title: `SYN+ACKs that nobody asked for reach ${address}`,
    explanation: `${hosts.length} hosts sent ${answers} SYN+ACKs to ${address}, which had not asked: it reset them, or let them be repeated. Somebody sends SYNs in its name.`,
    actors: Array.from(hosts, (host) => table.hosts.text(host)),
    targets: [address],
    ports: Array.from(distinctOf(members.map((attempt) => table.port(attempt)))),
    ...spanFields(span),
    firedFrame: table.frame(fired),
    measures: {
      reflectors: hosts.length,
      reflectorsThreshold: reflectors,
      handshakes: answers,
      handshakesThreshold: handshakes,
      handshakesPerSecond: Math.round(rate * 10) / 10,
      handshakesPerSecondThreshold: handshakesPerSecond,
    },
    wireshark: `${field}.dst == ${address} && tcp.flags.syn == 1 && tcp.flags.ack == 1 && ${addresses(table.hosts, `${field}.src`, hosts) || 'tcp'} && !icmp && !icmpv6`,
    bpf: field === 'ip' ? `tcp and dst host ${address} and tcp[13] & 0x12 == 0x12` : null,
  }
}

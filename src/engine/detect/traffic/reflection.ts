/** Reflection and amplification (US-CERT TA14-017A): services answer, at length, somebody who never asked. */

import { filterAttempts, forEachGroup, hostsWith } from '../attempt-groups.ts'
import { Attempt } from '../attempt-row.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { addresses } from '../filters/wireshark-filter.ts'
import { ProbeKind } from '../probe-kind.ts'
import { logSeverity } from '../severity.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

/** UDP services of the alert and its updates, by port. */
const AMPLIFIERS: readonly number[] = [
  17, 19, 53, 69, 111, 123, 137, 161, 389, 520, 1900, 3283, 3702, 5093, 5353, 10001, 11211, 27015, 27960,
]
const IS_AMPLIFIER = new Uint8Array(65_536)
for (const port of AMPLIFIERS) IS_AMPLIFIER[port] = 1

/** Mean length of a packet from which it is an amplified answer: ordinary ones of these services are shorter. */
const MEAN_BYTES_MIN = 300

export function reflections(context: TrafficContext): TrafficDraft[] {
  const { table, byTarget, bySource } = context
  const { reflectors } = context.limits['reflection-amplification']
  const isUdp = (attempt: number): boolean => table.kind(attempt) === ProbeKind.udp
  const drafts: TrafficDraft[] = []
  const isUnanswered = (a: number): boolean => isUdp(a) && !table.isServed(a)
  const sourcePort = (attempt: number): number => table.sourcePort(attempt)
  for (const victim of hostsWith(table, byTarget, Attempt.target, reflectors, isUnanswered)) {
    const fromAmplifier = (a: number): boolean => isUnanswered(a) && IS_AMPLIFIER[table.sourcePort(a)] === 1
    const unasked = filterAttempts(byTarget.of(victim), fromAmplifier)
    forEachGroup(unasked, sourcePort, reflectors, (members, port) =>
      push(drafts, draftOf(context, victim, port, members, false)),
    )
  }
  const isQuestion = (a: number): boolean => isUdp(a) && IS_AMPLIFIER[table.port(a)] === 1
  const port = (attempt: number): number => table.port(attempt)
  for (const victim of hostsWith(table, bySource, Attempt.source, reflectors, isQuestion)) {
    const asked = filterAttempts(bySource.of(victim), isQuestion)
    forEachGroup(asked, port, reflectors, (members, key) =>
      push(drafts, draftOf(context, victim, key, members, true)),
    )
  }
  return drafts
}

function push(drafts: TrafficDraft[], draft: TrafficDraft | null): void {
  if (draft !== null) drafts.push(draft)
}

/** `isAsked`: the questions, then forged, are in the capture too, and the attempts are the victim's. */
function draftOf(
  { table, limits, view, explained }: TrafficContext,
  victim: number,
  port: number,
  members: Int32Array,
  isAsked: boolean,
): TrafficDraft | null {
  const { reflectors, bytes, ratio } = limits['reflection-amplification']
  if (members.length < reflectors) return null
  let answered = 0
  let answers = 0
  let asked = 0
  for (const attempt of members) {
    view.go(table.firstRow(attempt))
    answered += isAsked ? view.responderByteCount : view.originatorByteCount
    answers += isAsked ? view.responderPacketCount : view.originatorPacketCount
    asked += isAsked ? view.originatorByteCount : 0
  }
  const amplification = asked === 0 ? null : answered / asked
  if (answered < bytes || answered / Math.max(1, answers) < MEAN_BYTES_MIN) return null
  if (amplification !== null && amplification < ratio) return null
  const hosts = distinctOf(
    members.map((attempt) => (isAsked ? table.target(attempt) : table.source(attempt))),
  )
  if (hosts.length < reflectors) return null
  const address = table.hosts.text(victim)
  for (const host of hosts) explained.set(host, 'reflection')
  explained.set(victim, 'reflection')
  const span = recordSpan(
    table,
    members.map((attempt) => table.firstRow(attempt)),
  )
  const field = ipField(address)
  return {
    rule: 'reflection-amplification',
    severity: logSeverity(answered / 10_000),
    confidence: isAsked ? 0.8 : 0.9,
    title: `Amplified answers from port ${port} reach ${address}`,
    explanation: `${hosts.length} services on UDP port ${port} sent ${answered} bytes to ${address}, ${isAsked ? `${Math.round(amplification!)} times what was asked in its name` : 'which had not asked'}.`,
    actors: Array.from(hosts, (host) => table.hosts.text(host)),
    targets: [address],
    ports: [port],
    ...spanFields(span),
    firedFrame: table.frame(members[reflectors - 1]!),
    measures: {
      reflectors: hosts.length,
      reflectorsThreshold: reflectors,
      bytes: answered,
      bytesThreshold: bytes,
      amplification: amplification === null ? null : Math.round(amplification * 10) / 10,
      ratioThreshold: ratio,
    },
    wireshark: `${field}.dst == ${address} && udp.srcport == ${port} && ${addresses(table.hosts, `${field}.src`, hosts) || 'udp'} && !icmp && !icmpv6`,
    bpf: `udp and dst host ${address} and src port ${port}`,
  }
}

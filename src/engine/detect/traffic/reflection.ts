/** Reflection and amplification (US-CERT TA14-017A): services answer, at length, somebody who never asked. */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
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

/** Mean length of a packet from which it is an amplified answer: ordinary ones of these services are shorter. */
const MEAN_BYTES_MIN = 300

export function reflections(context: TrafficContext): TrafficDraft[] {
  const { table, byTarget, bySource } = context
  const drafts: TrafficDraft[] = []
  for (let victim = 0; victim < table.hosts.count; victim++) {
    const unasked = filterAttempts(
      slice(byTarget, victim),
      (a) => table.kind(a) === ProbeKind.udp && !table.isServed(a),
    )
    forEachGroup(
      filterAttempts(unasked, (a) => AMPLIFIERS.includes(table.sourcePort(a))),
      (a) => table.sourcePort(a),
      (members, port) =>
        push(
          drafts,
          draftOf(context, victim, port, members, (a) => table.source(a), false),
        ),
    )
    const asked = filterAttempts(
      slice(bySource, victim),
      (a) => table.kind(a) === ProbeKind.udp && AMPLIFIERS.includes(table.port(a)),
    )
    forEachGroup(
      asked,
      (a) => table.port(a),
      (members, port) =>
        push(
          drafts,
          draftOf(context, victim, port, members, (a) => table.target(a), true),
        ),
    )
  }
  return drafts
}

function slice(index: TrafficContext['byTarget'], host: number): Int32Array {
  return index.order.subarray(index.start[host], index.start[host + 1])
}

function push(drafts: TrafficDraft[], draft: TrafficDraft | null): void {
  if (draft !== null) drafts.push(draft)
}

/** `reflectorOf` gives the answering host; `isAsked` when questions (then forged) are in the capture too. */
function draftOf(
  { table, limits, view, explained }: TrafficContext,
  victim: number,
  port: number,
  members: Int32Array,
  reflectorOf: (attempt: number) => number,
  isAsked: boolean,
): TrafficDraft | null {
  const { reflectors, bytes, ratio } = limits['reflection-amplification']
  if (members.length < reflectors) return null
  const hosts = distinctOf(Int32Array.from(members, reflectorOf))
  if (hosts.length < reflectors) return null
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
  const address = table.hosts.text(victim)
  for (const host of hosts) explained.set(host, 'reflection')
  explained.set(victim, 'reflection')
  const span = recordSpan(
    table,
    Int32Array.from(members, (attempt) => table.firstRow(attempt)),
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

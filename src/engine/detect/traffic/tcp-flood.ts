/**
 * TCP floods without a handshake: masses of segments that begin no connection and belong to none (bare ACK, RST, FIN, or no
 * flag at all). RFC 9293 section 3.10.7.1 answers each with a reset or drops it, which is the work the flood makes.
 */

import { countAt } from '../../aggregate/conversation-counts.ts'
import { KeyBits, Row, TcpSeen } from '../../aggregate/conversation-row.ts'
import { FlowRole } from '../../decode/flow-batch.ts'
import { countDistinct, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { addresses as bpfAddresses } from '../filters/bpf-filter.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { addresses as wiresharkAddresses } from '../filters/wireshark-filter.ts'
import { ADDRESSES_MAX } from '../scan-finding.ts'
import { logSeverity } from '../severity.ts'
import { recordSpan } from './record-span.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import { ipField, type TrafficDraft } from './traffic-draft.ts'

const TCP = 6
/** SYN or SYN+ACK from either side. */
const HANDSHAKE = (TcpSeen.syn | TcpSeen.synAck) * 0x10001
const EXAMPLES = 10
/** The flood goes to ports at random: its forged sources tell it from the resets that a client of closed ports draws. */
const ANY_PORT = -1
/** Packets of one flow up to which it can be part of a flood though nobody reset it: connections under way have more. */
const FLOW_PACKETS_MAX = 3

export function tcpFloods(context: TrafficContext): TrafficDraft[] {
  const { table, isScanner } = context
  const limits = context.limits['tcp-flood']
  const packets = new Float64Array(table.hosts.count)
  const flows = new Uint32Array(table.hosts.count)
  const lone = new LoneRecords(table)
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    if (!lone.read(row) || isScanner[lone.source] === 1 || isScanner[lone.target] === 1) continue
    packets[lone.target] = packets[lone.target]! + lone.packets
    flows[lone.target] = flows[lone.target]! + 1
  }
  const drafts: TrafficDraft[] = []
  for (const { target, rows } of victimsOf(table, lone, packets, flows, context)) {
    const before = drafts.length
    const ofTarget = Int32Array.from(rows)
    forEachGroup(
      ofTarget,
      (row) => lone.portOf(row),
      limits.flows,
      (members, port) => {
        const draft = draftOf(context, lone, target, port, members.slice())
        if (draft !== null) drafts.push(draft)
      },
    )
    const sources = countDistinct(ofTarget, (row) => lone.sourceOf(row))
    if (drafts.length > before || 2 * sources < ofTarget.length) continue
    const whole = draftOf(context, lone, target, ANY_PORT, ofTarget)
    if (whole !== null) drafts.push(whole)
  }
  return drafts
}

/** Reads records that hold nothing but segments outside any connection, into its fields. */
class LoneRecords {
  source = 0
  target = 0
  /** The target's port, and packets sent there. */
  port = 0
  packets = 0
  readonly #table: AttemptTable

  constructor(table: AttemptTable) {
    this.#table = table
  }

  /** False for every other record. */
  read(row: number): boolean {
    const { hostA, hostB, evidence } = this.#table
    if (hostA[row] === -1 || hostB[row] === -1) return false
    const words = evidence.conversations.slab(row)
    const at = evidence.conversations.at(row)
    const key = words[at + Row.key]!
    if ((key & KeyBits.ipProtocolMask) !== TCP || (key & KeyBits.hasPorts) === 0) return false
    if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) !== FlowRole.packet) return false
    const seen = words[at + Row.evidence]!
    if ((seen & HANDSHAKE) !== 0) return false
    const [a, b] = [seen & 0xffff, seen >>> 16]
    const [fromA, fromB] = [countAt(words, at + Row.packetsFromA), countAt(words, at + Row.packetsFromB)]
    // Whoever only resets is the target, unless nobody else said anything.
    const isFromB = a === 0 || (isReset(a) && b !== 0 && !isReset(b))
    const [mine, theirs] = isFromB ? [b, a] : [a, b]
    this.packets = isFromB ? fromB : fromA
    if (mine === 0 || this.packets === 0) return false
    if (theirs !== 0 && !isReset(theirs)) return false
    if (theirs === 0 && this.packets > FLOW_PACKETS_MAX) return false
    const ports = words[at + Row.ports]!
    this.port = isFromB ? ports >>> 16 : ports & 0xffff
    this.source = isFromB ? hostB[row]! : hostA[row]!
    this.target = isFromB ? hostA[row]! : hostB[row]!
    return true
  }

  sourceOf(row: number): number {
    this.read(row)
    return this.source
  }
  portOf(row: number): number {
    this.read(row)
    return this.port
  }
  packetsOf(row: number): number {
    this.read(row)
    return this.packets
  }
}

/** A reset, with or without ACK, and nothing else. */
function isReset(seen: number): boolean {
  return (seen & TcpSeen.rst) !== 0 && (seen & ~(TcpSeen.rst | TcpSeen.rstWithWindow)) === 0
}

interface Victim {
  readonly target: number
  readonly rows: number[]
}

function victimsOf(
  table: AttemptTable,
  lone: LoneRecords,
  packets: Float64Array,
  flows: Uint32Array,
  { limits, isScanner }: TrafficContext,
): Victim[] {
  const { packets: packetsMin, flows: flowsMin } = limits['tcp-flood']
  const victims: Victim[] = []
  const victimOf = new Int32Array(table.hosts.count).fill(-1)
  for (let target = 0; target < table.hosts.count; target++) {
    if (packets[target]! >= packetsMin && flows[target]! >= flowsMin)
      victimOf[target] = victims.push({ target, rows: [] }) - 1
  }
  if (victims.length === 0) return []
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    if (!lone.read(row) || isScanner[lone.source] === 1) continue
    const victim = victimOf[lone.target]!
    if (victim !== -1) victims[victim]!.rows.push(row)
  }
  return victims
}

function draftOf(
  { table, limits, explained }: TrafficContext,
  lone: LoneRecords,
  target: number,
  port: number,
  rows: Int32Array,
): TrafficDraft | null {
  const { packets: packetsMin, perSecond, flows: flowsMin } = limits['tcp-flood']
  let packets = 0
  for (const row of rows) packets += lone.packetsOf(row)
  if (packets < packetsMin || rows.length < flowsMin) return null
  const span = recordSpan(table, rows)
  const rate = packets / Math.max(1, span.seconds)
  if (rate < perSecond) return null
  const sources = distinctOf(rows.map((row) => lone.sourceOf(row)))
  for (const source of sources) explained.set(source, 'flood')
  explained.set(target, 'flood')
  const victim = table.hosts.text(target)
  const who = sources.length === 1 ? table.hosts.text(sources[0]!) : `${sources.length} sources`
  const where = port === ANY_PORT ? 'on many ports' : `port ${port}`
  const field = ipField(victim)
  // Forged sources are too many to be typed: then the filters take in whoever else used the port.
  const isFew = sources.length <= ADDRESSES_MAX
  return {
    rule: 'tcp-flood',
    severity: logSeverity(packets / 10),
    confidence: 0.85,
    title: `TCP flood without handshakes against ${victim} ${where}`,
    explanation: `${who} sent ${packets} segments that begin no connection and belong to none to ${victim} ${where}, ${Math.round(rate)} a second.`,
    actors: Array.from(sources.subarray(0, EXAMPLES), (source) => table.hosts.text(source)),
    targets: [victim],
    ports: port === ANY_PORT ? [...distinctOf(rows.map((row) => lone.portOf(row)))] : [port],
    ...spanFields(span),
    firedFrame: span.firstFrame,
    measures: { packets, perSecond: Math.round(rate), flows: rows.length, sources: sources.length },
    wireshark: [
      `${field}.dst == ${victim}`,
      ...(isFew ? [wiresharkAddresses(table.hosts, `${field}.src`, sources)] : []),
      ...(port === ANY_PORT ? [] : [`tcp.dstport == ${port}`]),
      'tcp.flags.syn == 0',
      field === 'ip' ? '!icmp' : '!icmpv6',
    ].join(' && '),
    bpf: [
      `tcp and dst host ${victim}`,
      ...(isFew ? [bpfAddresses(table.hosts, 'src', sources)] : []),
      ...(port === ANY_PORT ? [] : [`dst port ${port}`]),
      field === 'ip' ? 'tcp[13] & 0x02 == 0' : 'ip6[53] & 0x02 == 0',
    ].join(' and '),
  }
}

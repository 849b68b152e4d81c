/** SYN floods (RFC 4987): handshakes begun with one port of one host, and hardly any completed. */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import { COUNTERS } from '../../aggregate/counter-table.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { ADDRESSES_MAX } from '../scan-finding.ts'
import { addresses as bpfAddresses } from '../filters/bpf-filter.ts'
import { addresses as wiresharkAddresses } from '../filters/wireshark-filter.ts'
import { peakInWindow } from '../sliding-window.ts'
import { timedGroup } from '../scan/timed-group.ts'
import { countOutcomes } from '../scan-evidence.ts'
import { logSeverity } from '../severity.ts'
import { attemptSpan } from './record-span.ts'
import { targetsOfMany } from './targets-of-many.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

const TCP = 6
/** Window in which the rate of a flood is taken: longer dilutes short floods, shorter takes bursts for floods. */
const RATE_SECONDS = 5
/** Forged sources named as examples. */
const EXAMPLES = 10
/** The flood goes to ports at random, and so only its forged sources tell it from scans. */
const ANY_PORT = -1

export function synFloods(context: TrafficContext): TrafficDraft[] {
  const { table, byTarget } = context
  const limits = context.limits['syn-flood']
  // Completed ones make no flood. They matter only where others, not listed, may add to those begun with the same target.
  const isAllListed = table.evidence.unlisted.targets.count === 0
  const beganOf = (attempt: number): number =>
    !isSyn(table, attempt) || (isAllListed && isCompleted(table.bits(attempt)))
      ? 0
      : beganCount(context, attempt)
  const drafts: TrafficDraft[] = []
  for (const target of targetsOfMany(table, byTarget, limits.halfOpen, beganOf)) {
    const syns = filterAttempts(byTarget.of(target), (attempt) => isSyn(table, attempt))
    const before = drafts.length
    forEachGroup(
      syns,
      (attempt) => table.port(attempt),
      1,
      (members, port) => {
        const draft = floodDraft(context, target, port, members)
        if (draft !== null) drafts.push(draft)
      },
    )
    const whole = drafts.length === before ? floodDraft(context, target, ANY_PORT, syns) : null
    if (whole !== null) drafts.push(whole)
  }
  return drafts
}

function isSyn(table: AttemptTable, attempt: number): boolean {
  return table.kind(attempt) === ProbeKind.tcpSyn && (table.bits(attempt) & AttemptBits.inferred) === 0
}

/** Connections of an attempt, or SYNs where one connection is tried over and over. */
function beganCount({ table, view }: TrafficContext, attempt: number): number {
  const records = table.recordCount(attempt)
  return records > 1
    ? records
    : Math.max(
        1,
        isCompleted(table.bits(attempt)) ? 1 : view.go(table.firstRow(attempt)).originatorPacketCount,
      )
}

function isCompleted(bits: number): boolean {
  return (bits & (AttemptBits.completed | AttemptBits.served)) !== 0
}

function floodDraft(
  context: TrafficContext,
  target: number,
  port: number,
  members: Int32Array,
): TrafficDraft | null {
  const { table, explained } = context
  const limits = context.limits['syn-flood']
  let listed = 0
  let completed = 0
  for (let i = 0; i < members.length; i++) {
    const attempt = members[i]!
    if (isCompleted(table.bits(attempt))) completed += table.recordCount(attempt)
    else listed += beganCount(context, attempt)
  }
  if (listed === 0) return null
  const count = listed + (port === ANY_PORT ? 0 : unlistedSyns(context, target, port))
  if (count < limits.halfOpen || completed > limits.completedShareMax * (completed + count)) return null
  const halfOpen = filterAttempts(members, (attempt) => !isCompleted(table.bits(attempt)))
  const group = timedGroup(table, halfOpen)
  const span = attemptSpan(table, group.members)
  const peak = peakInWindow(group.times, RATE_SECONDS, () => true) / RATE_SECONDS
  const rate = Math.max(peak, count / Math.max(1, span.seconds))
  if (rate < limits.perSecond) return null

  const isForged = halfOpen.length >= limits.spoofedSources && count <= 2 * halfOpen.length
  const sources = distinctOf(group.members.map((attempt) => table.source(attempt)))
  // Whoever tries many ports by himself, or with a few others, scans.
  if (port === ANY_PORT && (!isForged || 2 * sources.length < count)) return null
  const ports = port === ANY_PORT ? distinctOf(group.members.map((a) => table.port(a))) : Int32Array.of(port)
  const where = port === ANY_PORT ? `on ${ports.length} ports` : `port ${port}`
  for (const source of sources) explained.set(source, 'flood')
  explained.set(target, 'flood')
  const victim = table.hosts.text(target)
  const fired = Math.min(group.members.length, limits.halfOpen) - 1
  const actors = sources.subarray(0, isForged ? EXAMPLES : ADDRESSES_MAX)
  const filterSources = isForged ? sources.subarray(0, 0) : sources
  const who = isForged
    ? `${sources.length} sources that are most likely forged`
    : sources.length === 1
      ? table.hosts.text(sources[0]!)
      : `${sources.length} sources`
  const ip = table.hosts.isIpv6[target] === 1 ? 'ipv6' : 'ip'
  const flags = ip === 'ip' ? 'tcp[13] & 0x12 == 0x02' : 'ip6[53] & 0x12 == 0x02'
  const join = (separator: string, ...parts: string[]): string =>
    parts.filter((part) => part !== '').join(separator)
  return {
    rule: 'syn-flood',
    severity: logSeverity(count),
    confidence: (isForged ? 0.97 : 0.9) * (1 - completed / (completed + count)),
    title: `SYN flood against ${victim} ${where}`,
    explanation: `${who} began ${count} connections to ${victim} ${where} at up to ${Math.round(rate)} a second; ${completed} others were completed. ${port === ANY_PORT ? 'Hardly a source came twice' : 'One port of one host'}: a flood, not a scan.`,
    actors: Array.from(actors, (source) => table.hosts.text(source)),
    targets: [victim],
    ports: [...ports],
    ...spanFields(span),
    firedFrame: table.frame(group.members[fired]!),
    measures: {
      halfOpen: count,
      halfOpenThreshold: limits.halfOpen,
      perSecond: Math.round(rate * 10) / 10,
      perSecondThreshold: limits.perSecond,
      completed,
      sources: sources.length,
      sourcesMostLikelyForged: isForged,
    },
    wireshark: join(
      ' && ',
      wiresharkAddresses(table.hosts, `${ip}.dst`, Int32Array.of(target)),
      filterSources.length === 0 ? '' : wiresharkAddresses(table.hosts, `${ip}.src`, filterSources),
      port === ANY_PORT ? '' : `tcp.dstport == ${port}`,
      'tcp.flags.syn == 1 && tcp.flags.ack == 0',
      ip === 'ip' ? '!icmp' : '!icmpv6',
    ),
    bpf: join(
      ' and ',
      'tcp',
      bpfAddresses(table.hosts, 'dst', Int32Array.of(target)),
      filterSources.length === 0 ? '' : bpfAddresses(table.hosts, 'src', filterSources),
      port === ANY_PORT ? '' : `dst port ${port}`,
      flags,
    ),
    outcomes: countOutcomes(table, halfOpen),
  }
}

/** SYNs counted without a conversation of their own, when the table of conversations was full. */
function unlistedSyns({ table }: TrafficContext, target: number, port: number): number {
  const { targets } = table.evidence.unlisted
  const version = table.hosts.isIpv6[target] === 1 ? 6 : 4
  const row = targets.find((version << 8) | TCP, table.hosts.addressOf[target]!, port)
  return row === -1 ? 0 : targets.counters[row * COUNTERS + 2]!
}

export function spanFields(span: {
  firstTimestamp: string | null
  lastTimestamp: string | null
  firstFrame: number
}) {
  return {
    firstTimestamp: span.firstTimestamp,
    lastTimestamp: span.lastTimestamp,
    firstFrame: span.firstFrame,
  }
}

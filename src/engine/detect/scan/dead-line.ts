/**
 * A line that was dead for a while: all that a host tries meanwhile fails for one cause, and no packet of anybody reaches it. Known by
 * what it did before and after, as no list of ports is: it is a client there whose contacts succeed (Jung et al. 2004).
 */

import { KeyBits, Row, StateBits, TcpSeen } from '../../aggregate/conversation-row.ts'
import { countAt } from '../../aggregate/conversation-counts.ts'
import { FlowRole } from '../../decode/flow-batch.ts'
import { addressPlace, isBlock } from '../address-block.ts'
import { countDistinct, filterAttempts, forEachGroup, inTimeOrder, timesOf } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { NumberSet } from '../number-set.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isMarkedProbe, optionCount, SYSTEM_OPTIONS_MIN } from '../probe-marks.ts'
import { Outcome } from '../record-probe.ts'
import type { RecordsOfHosts } from '../records-of-hosts.ts'
import { isHostUse } from './probe-or-use.ts'

/** Hosts of a port used before, and as many after: fewer might have been found by chance, more take short captures for scans. */
const CLIENT_HOSTS_MIN = 3

/**
 * The attempts of one source without those that a dead line explains: met by silence in the longest run of silence that no packet to
 * the source breaks, outside of which its contacts on each of their ports succeed as a benign host's do (`benignSuccess`). It used the
 * port before and after, or, where the capture begins or ends in the run, at least as many hosts as it lost. One run alone, as many of
 * them are no accident; and none along a block of addresses, which no client goes.
 */
export function withoutDeadLine(
  table: AttemptTable,
  own: Int32Array,
  records: RecordsOfHosts,
  benignSuccess: number,
): Int32Array {
  const silent = filterAttempts(own, (attempt) => isSilenced(table, attempt))
  const used = filterAttempts(own, (attempt) => isHostUse(table, attempt))
  if (silent.length === 0 || used.length < 2 * CLIENT_HOSTS_MIN) return own
  const gap = longestGap(
    timesOf(table, inTimeOrder(table, silent)),
    heardTimes(table, records, table.source(own[0]!)),
  )
  const isInGap = (attempt: number): boolean =>
    table.time(attempt) > gap.from && table.time(attempt) < gap.to && isSilenced(table, attempt)
  const found: number[] = []
  const byService = (attempt: number): number => (table.kind(attempt) << 16) | table.port(attempt)
  forEachGroup(own, byService, 2 * CLIENT_HOSTS_MIN + 1, (members) => {
    const inGap = filterAttempts(members, isInGap)
    if (inGap.length === 0) return
    const uses = filterAttempts(members, (attempt) => isHostUse(table, attempt))
    const isClient =
      Number.isFinite(gap.from) && Number.isFinite(gap.to)
        ? isUsedAround(table, uses, gap)
        : uses.length >= inGap.length && hostCount(table, uses) >= 2 * CLIENT_HOSTS_MIN
    if (!isClient || uses.length < benignSuccess * (members.length - inGap.length)) return
    for (const attempt of inGap) found.push(attempt)
  })
  if (found.length === 0) return own
  const targets = distinctOf(Int32Array.from(found, (attempt) => table.target(attempt)))
  if (isBlock(Float64Array.from(targets, (target) => addressPlace(table.hosts, target)))) return own
  const excused = new NumberSet(Int32Array.from(found))
  return filterAttempts(own, (attempt) => !excused.has(attempt))
}

function isUsedAround(table: AttemptTable, uses: Int32Array, gap: Gap): boolean {
  const before = filterAttempts(uses, (attempt) => table.time(attempt) <= gap.from)
  const after = filterAttempts(uses, (attempt) => table.time(attempt) >= gap.to)
  return Math.min(hostCount(table, before), hostCount(table, after)) >= CLIENT_HOSTS_MIN
}

function hostCount(table: AttemptTable, attempts: Int32Array): number {
  return countDistinct(attempts, (attempt) => table.target(attempt))
}

/** A system's own SYN or a program's datagram, to which nothing came. */
function isSilenced(table: AttemptTable, attempt: number): boolean {
  const kind = table.kind(attempt)
  if (kind !== ProbeKind.tcpSyn && kind !== ProbeKind.udp) return false
  if (table.outcome(attempt) !== Outcome.silent || isMarkedProbe(table, attempt)) return false
  return (
    kind === ProbeKind.udp || optionCount(table.firstWord(attempt, Row.firstTcpOptions)) >= SYSTEM_OPTIONS_MIN
  )
}

interface Gap {
  /** Seconds at which the source was heard of last before, and first after; infinite where the capture begins or ends in it. */
  readonly from: number
  readonly to: number
}

/** The stretch before, between or after times of `heard` that holds most of `silent`; both ascend. */
function longestGap(silent: Float64Array, heard: Float64Array): Gap {
  let best: Gap = { from: Infinity, to: Infinity }
  let most = 0
  let at = 0
  for (let next = 0; next <= heard.length; next++) {
    const from = next === 0 ? -Infinity : heard[next - 1]!
    const to = next === heard.length ? Infinity : heard[next]!
    while (at < silent.length && silent[at]! <= from) at++
    const first = at
    while (at < silent.length && silent[at]! < to) at++
    if (at - first > most) {
      most = at - first
      best = { from, to }
    }
  }
  return best
}

/** Seconds at which conversations began in which the host got a packet at once, ascending. */
function heardTimes(table: AttemptTable, records: RecordsOfHosts, host: number): Float64Array {
  const rows = records.of(host)
  const times = new Float64Array(rows.length)
  let count = 0
  for (const row of rows) if (isHeardAtOnce(table, row, host)) times[count++] = table.firstSeconds(row)
  return times.subarray(0, count).sort()
}

/** Somebody else began it, or was asked once and answered: an answer to what was asked again may have come at any time. */
function isHeardAtOnce(table: AttemptTable, row: number, host: number): boolean {
  const conversations = table.evidence.conversations
  const words = conversations.slab(row)
  const at = conversations.at(row)
  if (((words[at + Row.key]! >>> KeyBits.roleShift) & KeyBits.roleMask) !== FlowRole.packet) return false
  const isA = table.hostA[row] === host
  if (countAt(words, at + (isA ? Row.packetsFromB : Row.packetsFromA)) === 0) return false
  if (((words[at + Row.state]! & StateBits.originatorIsB) === 0) !== isA) return true
  const seen = isA ? words[at + Row.evidence]! : words[at + Row.evidence]! >>> 16
  return (seen & TcpSeen.synAgain) === 0
}

/** Who looks for hosts: ARP, neighbour solicitation, ping, and the old ICMP questions that only scanners still ask. */

import { addressPlace, blockEnd, walkEnd } from '../address-block.ts'
import { filterAttempts, inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { HostSeen } from '../host-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow, peakInWindow } from '../sliding-window.ts'
import { unionAttempts } from '../typed-concat.ts'
import { isAskedOnce, RETRY_COUNT, SCANNER_RECORDS_MAX } from './persistent-retry.ts'
import type { ScanDraft } from './scan-draft.ts'
import { becauseOf, timedGroup, type Firing, type TimedGroup } from './timed-group.ts'

const SWEEP_KINDS = [
  ProbeKind.icmpEcho,
  ProbeKind.icmpTimestamp,
  ProbeKind.icmpMask,
  ProbeKind.icmpInformation,
  ProbeKind.arp,
  ProbeKind.ndp,
]

/** `attempts`: of one source, any kinds. One finding for all its ways of looking. */
export function hostSweep(
  table: AttemptTable,
  source: number,
  attempts: Int32Array,
  limits: RuleLimits['host-sweep'],
): ScanDraft | null {
  const found: { readonly members: Int32Array; readonly firing: Firing }[] = []
  for (const kind of SWEEP_KINDS) {
    const own = filterAttempts(
      attempts,
      (a) => table.kind(a) === kind && !isForwarding(table, a) && !isWatched(table, a, limits),
    )
    if (own.length < Math.min(limits.oddTargets, limits.unansweredTargets)) continue
    const firing = sweepFiring(table, kind, own, limits)
    if (firing !== null) found.push({ members: own, firing })
  }
  if (found.length === 0) return null
  let first = found[0]!.firing
  for (const { firing } of found) if (table.frame(firing.attempt) < table.frame(first.attempt)) first = firing
  return {
    rule: 'host-sweep',
    sources: [source],
    attempts: inTimeOrder(table, unionAttempts(found.map(({ members }) => members))),
    fired: first.attempt,
    because: becauseOf(
      first,
      found.map(({ firing }) => firing),
    ),
    measures: { firedBy: first.measure, measured: first.measured, threshold: first.threshold },
    certainty: 1,
  }
}

function sweepFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  limits: RuleLimits['host-sweep'],
): Firing | null {
  const { members, times } = timedGroup(table, attempts)
  const isServed = (place: number): boolean => table.isServed(members[place]!)
  const isUnanswered = (place: number): boolean => !isServed(place)
  const isOdd = kind >= ProbeKind.icmpTimestamp && kind <= ProbeKind.icmpInformation
  if (isOdd && members.length >= limits.oddTargets) {
    const attempt = members[limits.oddTargets - 1]!
    const because = 'only scanners still ask many hosts so'
    return { attempt, because, measure: 'oddTargets', measured: members.length, threshold: limits.oddTargets }
  }
  const isSeeing = members.some((attempt) => (table.bits(attempt) & AttemptBits.answered) !== 0)
  const count = isSeeing ? limits.unansweredTargets : limits.blindTargets
  const found = firstWindow(times, limits.windowSeconds, count, limits.netFailures, isUnanswered, isServed)
  if (found === null) {
    const group = { members, times }
    return walkFiring(table, kind, members, limits) ?? slowFiring(table, kind, isSeeing, group, limits)
  }
  const measure = isSeeing ? 'unansweredTargets' : 'blindTargets'
  const value = peakInWindow(times, limits.windowSeconds, isUnanswered)
  return {
    attempt: members[found.at]!,
    because: `${count} addresses did not answer within ${limits.windowSeconds} s`,
    measure,
    measured: count,
    threshold: count,
    whole: {
      measure,
      value,
      threshold: count,
      because: `${value} addresses asked within ${limits.windowSeconds} s did not answer, where ${count} are enough`,
    },
  }
}

/** Whether they answer or not: addresses asked one after the other in their order, or a whole block of them. */
function walkFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  { walkedTargets, blockTargets, windowSeconds }: RuleLimits['host-sweep'],
): Firing | null {
  const once = filterAttempts(attempts, (attempt) => isLookedFor(table, kind, attempt))
  if (once.length < Math.min(walkedTargets, blockTargets)) return null
  const { members, times } = timedGroup(table, once)
  const places = Float64Array.from(members, (attempt) => addressPlace(table.hosts, table.target(attempt)))
  const walked = walkEnd(places, times, walkedTargets, windowSeconds)
  if (walked !== -1) {
    const because = `${walkedTargets} addresses were asked once each in their order within ${windowSeconds} s, answered or not`
    return {
      attempt: members[walked]!,
      because,
      measure: 'walkedTargets',
      measured: walkedTargets,
      threshold: walkedTargets,
    }
  }
  const filled = blockEnd(places, times, blockTargets, windowSeconds)
  if (filled === -1) return null
  const because = `${blockTargets} addresses of one block were asked once each within ${windowSeconds} s, answered or not`
  return {
    attempt: members[filled]!,
    because,
    measure: 'blockTargets',
    measured: blockTargets,
    threshold: blockTargets,
  }
}

/**
 * No window sees it, but over the whole capture most do not answer: many by ping, where answers can be seen, or by any
 * question in the order of addresses. Of ARP only the order tells, as a router resolves whatever somebody sends a packet to.
 */
function slowFiring(
  table: AttemptTable,
  kind: number,
  isSeeing: boolean,
  { members, times }: TimedGroup,
  { slowTargets, netFailures }: RuleLimits['host-sweep'],
): Firing | null {
  const unanswered = filterAttempts(members, (attempt) => !table.isServed(attempt))
  if (2 * unanswered.length - members.length < netFailures) return null
  const firing = (attempt: number, how: string): Firing => ({
    attempt,
    because: `${slowTargets} addresses ${how} over the whole capture, and most did not answer`,
    measure: 'slowTargets',
    measured: slowTargets,
    threshold: slowTargets,
  })
  if (isSeeing && kind !== ProbeKind.arp && kind !== ProbeKind.ndp && unanswered.length >= slowTargets)
    return firing(unanswered[slowTargets - 1]!, 'were asked')
  const places = Float64Array.from(members, (attempt) => addressPlace(table.hosts, table.target(attempt)))
  const end = walkEnd(places, times, slowTargets, Infinity)
  return end === -1 ? null : firing(members[end]!, 'were asked in their order')
}

/**
 * Asked once, its copies in a capture aside: who measures asks three times or more (fping, check_icmp, smokeping), and who
 * watches comes back. An address resolved (RFC 826, RFC 4861) is resolved to send something: then it is used.
 */
function isLookedFor(table: AttemptTable, kind: number, attempt: number): boolean {
  if ((kind === ProbeKind.arp || kind === ProbeKind.ndp) && isReached(table, attempt)) return false
  return isAskedOnce(table, attempt)
}

function isReached(table: AttemptTable, attempt: number): boolean {
  return (table.hosts.seen[table.target(attempt)]! & HostSeen.received) !== 0
}

/** Asked over and over, and still after the time a sweep takes: somebody waits for the host, and does not look for it. */
function isWatched(
  table: AttemptTable,
  attempt: number,
  { windowSeconds }: RuleLimits['host-sweep'],
): boolean {
  const asked = table.askedCount(attempt)
  if (asked > SCANNER_RECORDS_MAX) return true
  const seconds = table.lastSeconds(table.lastRow(attempt)) - table.time(attempt)
  return asked >= RETRY_COUNT && seconds >= windowSeconds
}

/**
 * A router asks for an address because somebody's packet goes there. Where nobody answered the question, whoever asked
 * cannot have sent that packet on: it is somebody else's, seen on its way to the router.
 */
function isForwarding(table: AttemptTable, attempt: number): boolean {
  const kind = table.kind(attempt)
  if ((kind !== ProbeKind.arp && kind !== ProbeKind.ndp) || table.isServed(attempt)) return false
  return isReached(table, attempt)
}

/** Who looks for hosts: ARP, neighbour solicitation, ping, and the old ICMP questions that only scanners still ask. */

import { filterAttempts, inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { AttemptBits, Outcome } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow, peakInWindow } from '../sliding-window.ts'
import { unionAttempts } from '../typed-concat.ts'
import { RETRY_COUNT, SCANNER_RECORDS_MAX } from './persistent-retry.ts'
import type { ScanDraft } from './scan-draft.ts'
import { isBroadcast, isResolution } from './address-resolution.ts'
import { deadBlockFiring, isReached, slowFiring, walkFiring } from './sweep-order.ts'
import { unrepeatedFiring } from './without-repeats.ts'
import { becauseOf, timedGroup, type Firing } from './timed-group.ts'

const SWEEP_KINDS = [
  ProbeKind.icmpEcho,
  ProbeKind.icmpTimestamp,
  ProbeKind.icmpMask,
  ProbeKind.icmpInformation,
  ProbeKind.arp,
  ProbeKind.ndp,
]

/**
 * `attempts`: of one source, of `kinds`, a bit each. One finding for all its ways of looking. `falseAlarm`: probability of
 * error for this source where chance is tested.
 */
export function hostSweep(
  table: AttemptTable,
  source: number,
  attempts: Int32Array,
  kinds: number,
  falseAlarm: number,
  limits: RuleLimits['host-sweep'],
): ScanDraft | null {
  const found: { readonly members: Int32Array; readonly firing: Firing }[] = []
  const least = Math.min(limits.oddTargets, limits.unansweredTargets)
  for (const kind of SWEEP_KINDS) {
    if ((kinds & (1 << kind)) === 0 || countOf(table, attempts, kind) < least) continue
    const asked = filterAttempts(attempts, (a) => table.kind(a) === kind && !isForwarding(table, a))
    if (asked.length < least) continue
    const own = filterAttempts(asked, (a) => !isWatched(table, a, limits))
    const firing =
      sweepFiring(table, kind, own, limits) ?? unrepeatedFiring(table, kind, asked, falseAlarm, limits)
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

function countOf(table: AttemptTable, attempts: Int32Array, kind: number): number {
  let count = 0
  for (let i = 0; i < attempts.length; i++) if (table.kind(attempts[i]!) === kind) count++
  return count
}

function sweepFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  limits: RuleLimits['host-sweep'],
): Firing | null {
  const { members, times } = timedGroup(table, attempts)
  const isServed = (place: number): boolean => table.isServed(members[place]!)
  const isOdd = kind >= ProbeKind.icmpTimestamp && kind <= ProbeKind.icmpInformation
  if (isOdd && members.length >= limits.oddTargets) {
    const attempt = members[limits.oddTargets - 1]!
    const because = 'only scanners still ask many hosts so'
    return { attempt, because, measure: 'oddTargets', measured: members.length, threshold: limits.oddTargets }
  }
  const isSeeing =
    !table.isSampled && members.some((attempt) => (table.bits(attempt) & AttemptBits.answered) !== 0)
  // Where no answer is seen, silence must mean something; ARP's answers go past a capture of broadcasts in any case.
  const isUnanswered = (place: number): boolean => {
    const attempt = members[place]!
    if (isServed(place) || isResolution(table, kind, attempt)) return false
    return isSeeing || (!isBroadcast(kind) && table.outcome(attempt) === Outcome.silent)
  }
  const count = isSeeing ? limits.unansweredTargets : limits.blindTargets
  const found = firstWindow(times, limits.windowSeconds, count, limits.netFailures, isUnanswered, isServed)
  if (found === null) {
    const group = { members, times }
    return (
      deadBlockFiring(table, kind, isSeeing, group, limits) ??
      walkFiring(table, kind, members, limits) ??
      slowFiring(table, kind, isSeeing, group, limits)
    )
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

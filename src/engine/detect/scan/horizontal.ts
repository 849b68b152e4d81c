/** One port of many targets from one source: Zeek's count, Elastic's blind count, and stealth probes. */

import { addressPlace, densestBlock, walkEnd } from '../address-block.ts'
import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { Outcome } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow, peakInWindow } from '../sliding-window.ts'
import { isResetByItsSystem, leftFiring, sameQuestionFiring } from './asked-and-left.ts'
import { isFanOut, type FanOut } from './fan-out.ts'
import { isAskedOnce, isPersistentRetry } from './persistent-retry.ts'
import { isHostUse } from './probe-or-use.ts'
import { mostExceeded, timedGroup, type Exceeded, type Firing, type TimedGroup } from './timed-group.ts'

/** `group`: attempts of one source on one port with one kind of probe, distinct by target. */
export function horizontalFiring(
  table: AttemptTable,
  kind: number,
  port: number,
  { members, times }: TimedGroup,
  fanOut: FanOut,
  limits: RuleLimits['horizontal-scan'],
): Firing | null {
  const isFailed = (place: number): boolean =>
    fanOut.isTelling(members[place]!) || (!isFanOut(port) && isResetByItsSystem(table, members[place]!))
  const isServed = (place: number): boolean => isHostUse(table, members[place]!)
  const isUnused = (place: number): boolean => !isServed(place) && !fanOut.isExcused(members[place]!)

  if (kind >= ProbeKind.tcpFin && kind <= ProbeKind.tcpXmas && members.length >= limits.stealthHosts) {
    return {
      attempt: members[limits.stealthHosts - 1]!,
      because: 'no TCP sends such flags to begin with',
      measure: 'stealthHosts',
      measured: members.length,
      threshold: limits.stealthHosts,
    }
  }
  const { failedHosts, windowSeconds, netFailures } = limits
  const whole = (): { readonly whole?: Exceeded } => {
    const most = wholeOf(times, limits, isFailed, isUnused)
    return most === null ? {} : { whole: most }
  }
  const failed = firstWindow(times, windowSeconds, failedHosts, netFailures, isFailed, isServed)
  if (failed !== null) {
    return {
      attempt: members[failed.at]!,
      because: `${failedHosts} hosts failed within ${windowSeconds} s`,
      measure: 'failedHosts',
      measured: failedHosts,
      threshold: failedHosts,
      ...whole(),
    }
  }
  const alongBlock =
    blockFiring(table, kind, { members, times }, limits) ??
    walkFiring(table, kind, { members, times }, limits) ??
    leftFiring(table, kind, port, { members, times }, fanOut, limits)
  if (alongBlock !== null) return alongBlock
  if (kind === ProbeKind.tcpSyn && !table.showsUse) return null
  if (kind !== ProbeKind.tcpSyn && kind !== ProbeKind.sctpInit) {
    if (fanOut.isOldConnection(kind) || !members.some((attempt) => table.isFailed(attempt))) return null
    // Behind a firewall that drops QUIC a browser tries hundreds of hosts in vain.
    if (kind === ProbeKind.udp && isFanOut(port))
      return sameQuestionFiring(table, port, { members, times }, isServed, limits)
  }
  const { unusedHosts, unusedWindowSeconds } = limits
  const unused = firstWindow(times, unusedWindowSeconds, unusedHosts, netFailures, isUnused, isServed)
  if (unused === null) return null
  return {
    attempt: members[unused.at]!,
    because: `${unusedHosts} hosts were tried within ${unusedWindowSeconds} s and not used`,
    measure: 'unusedHosts',
    measured: unusedHosts,
    threshold: unusedHosts,
    ...whole(),
  }
}

/**
 * Failures among the hosts of one block. Nobody is sent along a block of addresses by names and lists, so a cause that ports
 * of many clients share does not excuse them; nor does an answer to a single datagram show a service in use.
 */
function blockFiring(
  table: AttemptTable,
  kind: number,
  group: TimedGroup,
  { failedHosts, windowSeconds, netFailures }: RuleLimits['horizontal-scan'],
): Firing | null {
  if (group.members.length < failedHosts || kind === ProbeKind.sctpInit) return null
  const isInVain = (attempt: number): boolean =>
    table.isFailed(attempt) || isBlindQuestion(table, kind, attempt)
  if (filterAttempts(group.members, isInVain).length < failedHosts) return null
  const placeOf = (attempt: number): number => addressPlace(table.hosts, table.target(attempt))
  const block = densestBlock(Float64Array.from(group.members, placeOf).sort(), failedHosts)
  if (block === null) return null
  const inside = filterAttempts(
    group.members,
    (attempt) => placeOf(attempt) >= block.from && placeOf(attempt) <= block.to,
  )
  const { members, times } = timedGroup(table, inside)
  const isFailed = (place: number): boolean =>
    isInVain(members[place]!) && !isPersistentRetry(table, members[place]!)
  const isServed = (place: number): boolean =>
    isHostUse(table, members[place]!) && (kind !== ProbeKind.udp || !isAskedOnce(table, members[place]!))
  const found = firstWindow(times, windowSeconds, failedHosts, netFailures, isFailed, isServed)
  if (found === null) return null
  return {
    attempt: members[found.at]!,
    because: `${failedHosts} hosts of one block of addresses failed within ${windowSeconds} s`,
    measure: 'failedHosts',
    measured: failedHosts,
    threshold: failedHosts,
  }
}

/** Hosts tried once each in the order of their addresses and not used, open or not. */
function walkFiring(
  table: AttemptTable,
  kind: number,
  group: TimedGroup,
  { walkedHosts, windowSeconds }: RuleLimits['horizontal-scan'],
): Firing | null {
  if (kind !== ProbeKind.tcpSyn || !table.showsUse || group.members.length < walkedHosts) return null
  const unused = filterAttempts(
    group.members,
    (attempt) => !isHostUse(table, attempt) && table.recordCount(attempt) === 1,
  )
  if (unused.length < walkedHosts) return null
  const { members, times } = timedGroup(table, unused)
  const places = Float64Array.from(members, (attempt) => addressPlace(table.hosts, table.target(attempt)))
  const end = walkEnd(places, times, walkedHosts, windowSeconds)
  if (end === -1) return null
  return {
    attempt: members[end]!,
    because: `${walkedHosts} hosts were tried in the order of their addresses within ${windowSeconds} s, once each, and not used`,
    measure: 'walkedHosts',
    measured: walkedHosts,
    threshold: walkedHosts,
  }
}

/** A single datagram, in a capture that shows no answers: services in use are asked more often. */
function isBlindQuestion(table: AttemptTable, kind: number, attempt: number): boolean {
  return kind === ProbeKind.udp && table.outcome(attempt) === Outcome.unknown && isAskedOnce(table, attempt)
}

function wholeOf(
  times: Float64Array,
  limits: RuleLimits['horizontal-scan'],
  isFailed: (place: number) => boolean,
  isUnused: (place: number) => boolean,
): Exceeded | null {
  const { failedHosts, windowSeconds, unusedHosts, unusedWindowSeconds } = limits
  const failed = peakInWindow(times, windowSeconds, isFailed)
  const unused = peakInWindow(times, unusedWindowSeconds, isUnused)
  return mostExceeded([
    {
      measure: 'failedHosts',
      value: failed,
      threshold: failedHosts,
      because: `${failed} hosts failed on one port, or were only probed, within ${windowSeconds} s, where ${failedHosts} are enough`,
    },
    {
      measure: 'unusedHosts',
      value: unused,
      threshold: unusedHosts,
      because: `${unused} hosts were tried on one port within ${unusedWindowSeconds} s and not used, where ${unusedHosts} are enough`,
    },
  ])
}

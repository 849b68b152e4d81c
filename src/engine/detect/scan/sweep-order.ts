/** Sweeps told by more than who did not answer in a window: by the order and block of their addresses, and over the whole capture. */

import { addressPlace, blockEnd, walkEnd } from '../address-block.ts'
import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { HostSeen } from '../host-table.ts'
import type { RuleLimits } from '../rules.ts'
import { isBroadcast } from './address-resolution.ts'
import { isAskedOnce } from './persistent-retry.ts'
import { peakInWindow } from '../sliding-window.ts'
import { timedGroup, type Firing, type TimedGroup } from './timed-group.ts'

/** Whether they answer or not: addresses asked one after the other in their order, or a whole block of them. */
export function walkFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  { walkedTargets, blockTargets, windowSeconds }: RuleLimits['host-sweep'],
): Firing | null {
  const once = filterAttempts(attempts, (attempt) => isLookedFor(table, kind, attempt))
  if (once.length < Math.min(walkedTargets, blockTargets)) return null
  const { members, times } = timedGroup(table, once)
  const places = Float64Array.from(members, (attempt) => addressPlace(table.hosts, table.target(attempt)))
  const firing = (at: number, measure: string, threshold: number, how: string): Firing => ({
    attempt: members[at]!,
    because: `${threshold} addresses ${how} within ${windowSeconds} s, answered or not`,
    measure,
    measured: threshold,
    threshold,
  })
  const walked = walkEnd(places, times, walkedTargets, windowSeconds)
  if (walked !== -1)
    return firing(walked, 'walkedTargets', walkedTargets, 'were asked once each in their order')
  const filled = blockEnd(places, times, blockTargets, windowSeconds)
  return filled === -1
    ? null
    : firing(filled, 'blockTargets', blockTargets, 'of one block were asked once each')
}

/**
 * Addresses of one block, or in their order, that did not answer. Scattered ones tell nothing where no answer can be seen, nor
 * where a system resolves them: whoever has packets for hosts that are gone asks for those.
 */
export function deadBlockFiring(
  table: AttemptTable,
  kind: number,
  isSeeing: boolean,
  group: TimedGroup,
  { unansweredTargets, blindTargets, windowSeconds, netFailures }: RuleLimits['host-sweep'],
): Firing | null {
  if (isSeeing && !isBroadcast(kind)) return null
  const unanswered = filterAttempts(group.members, (attempt) => !table.isServed(attempt))
  if (2 * unanswered.length - group.members.length < netFailures) return null
  const { members, times } = timedGroup(table, unanswered)
  const places = Float64Array.from(members, (attempt) => addressPlace(table.hosts, table.target(attempt)))
  const value = peakInWindow(times, windowSeconds, () => true)
  const firing = (at: number, measure: string, threshold: number, how: string): Firing => ({
    attempt: members[at]!,
    because: `${threshold} addresses ${how} did not answer within ${windowSeconds} s`,
    measure,
    measured: threshold,
    threshold,
    whole: {
      measure,
      value,
      threshold,
      because: `${value} addresses asked within ${windowSeconds} s did not answer, where ${threshold} ${how} are enough`,
    },
  })
  if (isSeeing) {
    // A system that resolves what somebody walks through.
    const walked = walkEnd(places, times, unansweredTargets, windowSeconds)
    if (walked !== -1)
      return firing(walked, 'unansweredTargets', unansweredTargets, 'asked for in their order')
  }
  const filled = blockEnd(places, times, blindTargets, windowSeconds)
  return filled === -1 ? null : firing(filled, 'blindTargets', blindTargets, 'of one block')
}

/**
 * No window sees it, but over the whole capture most do not answer: many by ping, where answers can be seen, or by any
 * question in the order of addresses. Of ARP only the order tells, as a router resolves whatever somebody sends a packet to.
 */
export function slowFiring(
  table: AttemptTable,
  kind: number,
  isSeeing: boolean,
  { members, times }: TimedGroup,
  { slowTargets, netFailures }: RuleLimits['host-sweep'],
): Firing | null {
  if (!isSeeing && !isBroadcast(kind)) return null
  const unanswered = filterAttempts(members, (attempt) => !table.isServed(attempt))
  if (2 * unanswered.length - members.length < netFailures) return null
  const firing = (attempt: number, how: string): Firing => ({
    attempt,
    because: `${slowTargets} addresses ${how} over the whole capture, and most did not answer`,
    measure: 'slowTargets',
    measured: slowTargets,
    threshold: slowTargets,
  })
  if (!isBroadcast(kind) && unanswered.length >= slowTargets)
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
  if (isBroadcast(kind) && isReached(table, attempt)) return false
  return isAskedOnce(table, attempt)
}

/** Somebody's packet went there. */
export function isReached(table: AttemptTable, attempt: number): boolean {
  return (table.hosts.seen[table.target(attempt)]! & HostSeen.received) !== 0
}

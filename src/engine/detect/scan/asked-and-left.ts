/** Many hosts asked once each in a way that no client asks: connected to and left, reset by the sender's own system, or asked all the same. */

import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow, peakInWindow } from '../sliding-window.ts'
import { isFanOut, type FanOut } from './fan-out.ts'
import { isAskedOnce } from './persistent-retry.ts'
import { isHostUse, isLeftUnsaid } from './probe-or-use.ts'
import type { Firing, TimedGroup } from './timed-group.ts'

const QUIC_PORT = 443

/**
 * Hosts that were connected to once and left without a word, for as long as any monitor would have come back. Not on ports that
 * programs connect to in advance, or twice for the faster of two addresses (RFC 8305).
 */
export function leftFiring(
  table: AttemptTable,
  kind: number,
  port: number,
  { members, times }: TimedGroup,
  fanOut: FanOut,
  { leftHosts, returnSeconds, windowSeconds, netFailures }: RuleLimits['horizontal-scan'],
): Firing | null {
  if (kind !== ProbeKind.tcpSyn || !table.showsUse || members.length < leftHosts || isFanOut(port))
    return null
  const isLeft = (place: number): boolean =>
    isLeftUnsaid(table, members[place]!) && times[place]! + returnSeconds <= table.durationSeconds
  const isHit = (place: number): boolean => isLeft(place) || fanOut.isTelling(members[place]!)
  const isServed = (place: number): boolean => isHostUse(table, members[place]!)
  const found = firstWindow(times, windowSeconds, leftHosts, netFailures, isHit, isServed)
  if (found === null) return null
  const value = peakInWindow(times, windowSeconds, isHit)
  return {
    attempt: members[found.at]!,
    because: `${leftHosts} hosts were connected to within ${windowSeconds} s and left without a word, and not tried again in ${returnSeconds} s`,
    measure: 'leftHosts',
    measured: leftHosts,
    threshold: leftHosts,
    whole: {
      measure: 'leftHosts',
      value,
      threshold: leftHosts,
      because: `${value} hosts were connected to within ${windowSeconds} s and left without a word, where ${leftHosts} are enough that are not tried again in ${returnSeconds} s`,
    },
  }
}

/**
 * The sender's own system reset the SYN+ACK, once and for all: it knew nothing of the SYN, or no longer wanted it. Programs give
 * up so on ports where they try two addresses for the faster (RFC 8305); who probes a service so to watch it comes back.
 */
export function isResetByItsSystem(table: AttemptTable, attempt: number): boolean {
  return (
    table.kind(attempt) === ProbeKind.tcpSyn &&
    (table.bits(attempt) & (AttemptBits.halfOpen | AttemptBits.inferred)) === AttemptBits.halfOpen &&
    table.recordCount(attempt) === 1
  )
}

/**
 * One question, the same to all: a resolver whose line is down asks for many names, so in many lengths, a client of time or
 * names has a few servers that it asks again, and NetBIOS asks three times (RFC 1002 section 6). QUIC pads what it sends first
 * to one length (RFC 9000 section 14.1), which so tells nothing.
 */
export function sameQuestionFiring(
  table: AttemptTable,
  port: number,
  { members, times }: TimedGroup,
  isServed: (place: number) => boolean,
  { unusedHosts, unusedWindowSeconds, netFailures }: RuleLimits['horizontal-scan'],
): Firing | null {
  if (port === QUIC_PORT || members.length < unusedHosts) return null
  const isInVain = (attempt: number): boolean => table.isFailed(attempt) && isAskedOnce(table, attempt)
  const lengthOf = (attempt: number): number => table.askedBytes(attempt) / table.askedCount(attempt)
  const vain = filterAttempts(members, isInVain)
  if (vain.length < unusedHosts) return null
  const lengths = Float64Array.from(vain, lengthOf).sort()
  let common = -1
  for (let i = unusedHosts - 1; i < lengths.length && common === -1; i++)
    if (lengths[i] === lengths[i - unusedHosts + 1]) common = lengths[i]!
  if (common === -1) return null
  const isSame = (place: number): boolean => isInVain(members[place]!) && lengthOf(members[place]!) === common
  const found = firstWindow(times, unusedWindowSeconds, unusedHosts, netFailures, isSame, isServed)
  if (found === null) return null
  return {
    attempt: members[found.at]!,
    because: `${unusedHosts} hosts were asked once each within ${unusedWindowSeconds} s, all in ${common} bytes, and did not answer`,
    measure: 'unusedHosts',
    measured: unusedHosts,
    threshold: unusedHosts,
  }
}

/** What no window sees: the sequential test over the whole capture, and counts without a window. */

import { Row } from '../../aggregate/conversation-row.ts'
import { addressPlace, isBlock } from '../address-block.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { distinctOf } from '../filters/probe-set.ts'
import { HostSeen } from '../host-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isMarkedProbe, optionCount, SYSTEM_OPTIONS_MIN } from '../probe-marks.ts'
import { AttemptBits, Outcome } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { RandomWalk } from '../sequential-test.ts'
import type { FanOut } from './fan-out.ts'
import { isPersistentRetry, isRefusedAgain } from './persistent-retry.ts'
import { isProbe, isUse } from './probe-or-use.ts'
import { isAnswer } from './reply-stream.ts'
import type { Firing, TimedGroup } from './timed-group.ts'

/** Contacts from which an open port is watched. Lower takes a scanner's second look for it. */
const WATCH_ROUNDS = 3

/**
 * The random walk over a source's first contacts in the order of time. Causes count once: a dead host is one failure,
 * however many of its ports are tried. Where nothing but silence met what a system itself sent, the source's own line may
 * have been down, which is one cause for all: then the walk must go twice as high.
 */
export function walkFiring(
  table: AttemptTable,
  { members }: TimedGroup,
  sourceCount: number,
  fanOut: FanOut,
  limits: RuleLimits['slow-scan'],
): Firing | null {
  const walk = new RandomWalk(limits, sourceCount)
  const isBlind = !members.some((attempt) => (table.bits(attempt) & AttemptBits.answered) !== 0)
  let isSilence = true
  let deadTargets: DeadTargets | null = null
  for (let place = 0; place < members.length; place++) {
    const attempt = members[place]!
    if (isUse(table, attempt) || isWatchedOpen(table, attempt)) walk.step(false)
    else if (countsAsFailure(table, attempt, fanOut) && !fanOut.isUsual(attempt, limits.benignSuccess)) {
      deadTargets ??= new DeadTargets(table, members)
      if (!deadTargets.isFirst(place)) continue
      walk.step(true)
      if (!isBlind && isSilence) isSilence = isMetBySilence(table, attempt)
      const upper = isSilence ? 2 * walk.upper : walk.upper
      if (walk.logLikelihood >= upper - 1e-9) {
        if (isCutOff(table, members, fanOut)) return null
        return {
          attempt,
          because: `${walk.failureCount} of ${walk.hasRestarted ? 'the last ' : ''}${walk.contactCount} first contacts had failed`,
          measure: 'logLikelihoodRatio',
          measured: round(walk.logLikelihood),
          threshold: round(upper),
        }
      }
    }
  }
  return null
}

/**
 * At least half of what failed did so on ports that are blocked for all, most likely (FanOut.isExcused): a captive portal, or a
 * firewall that lets nothing out, refuses the other ports too. Not along a block of addresses, which nobody's clients try.
 */
function isCutOff(table: AttemptTable, members: Int32Array, fanOut: FanOut): boolean {
  let excused = 0
  let failed = 0
  for (const attempt of members) {
    if (fanOut.isExcused(attempt)) excused++
    else if (countsAsFailure(table, attempt, fanOut)) failed++
  }
  if (excused === 0 || excused < failed) return false
  const targets = distinctOf(members.map((attempt) => table.target(attempt)))
  return !isBlock(Float64Array.from(targets, (target) => addressPlace(table.hosts, target)))
}

/**
 * Open, and connected to again and again without a word: a monitor that only connects. A scanner that comes back talks, to
 * learn what is there, and what no system's own TCP sent is a scanner's.
 */
function isWatchedOpen(table: AttemptTable, attempt: number): boolean {
  return (
    table.outcome(attempt) === Outcome.open &&
    table.recordCount(attempt) >= WATCH_ROUNDS &&
    !table.isServed(attempt) &&
    !isMarkedProbe(table, attempt)
  )
}

function isMetBySilence(table: AttemptTable, attempt: number): boolean {
  return (
    (table.bits(attempt) & AttemptBits.answered) === 0 &&
    (table.kind(attempt) !== ProbeKind.tcpSyn ||
      optionCount(table.firstWord(attempt, Row.firstTcpOptions)) >= SYSTEM_OPTIONS_MIN)
  )
}

function isRetry(table: AttemptTable, attempt: number): boolean {
  return isPersistentRetry(table, attempt) || isRefusedAgain(table, attempt)
}

function countsAsFailure(table: AttemptTable, attempt: number, fanOut: FanOut): boolean {
  if (!fanOut.isTelling(attempt) || isRetry(table, attempt)) return false
  if (table.kind(attempt) === ProbeKind.udp && isAnswer(table, attempt)) return false
  // Unanswered questions over UDP are everyday life; refused ones are not.
  if (table.kind(attempt) === ProbeKind.udp && (table.bits(attempt) & AttemptBits.answered) === 0) {
    return (table.bits(attempt) & AttemptBits.empty) !== 0
  }
  return true
}

/** Ports of one host, or hosts of one port, counted over the whole capture. */
export function countFiring(
  table: AttemptTable,
  { members }: TimedGroup,
  count: number,
  netFailures: number,
  what: 'ports' | 'hosts',
  fanOut: FanOut,
): Firing | null {
  const isTelling = (attempt: number): boolean =>
    what === 'ports' ? isProbe(table, attempt) : fanOut.isTelling(attempt)
  let failed = 0
  let served = 0
  let fired = -1
  for (const attempt of members) {
    if (isUse(table, attempt)) served++
    else if (isTelling(attempt) && !isRetry(table, attempt)) failed++
    if (fired === -1 && failed >= count) fired = attempt
  }
  if (fired === -1 || failed - served < netFailures) return null
  return {
    attempt: fired,
    because: `${failed} ${what} failed over the whole capture`,
    measure: what,
    measured: failed,
    threshold: count,
  }
}

/** Tells the first failing contact with each target that never speaks from those after it. */
class DeadTargets {
  readonly #isLater: Uint8Array

  constructor(table: AttemptTable, members: Int32Array) {
    this.#isLater = new Uint8Array(members.length)
    const keys = new Float64Array(members.length)
    for (let place = 0; place < keys.length; place++)
      keys[place] = table.target(members[place]!) * 8_388_608 + place
    keys.sort()
    let previous = -1
    for (const key of keys) {
      const target = Math.floor(key / 8_388_608)
      const isAlive = (table.hosts.seen[target]! & HostSeen.sent) !== 0
      if (target === previous && !isAlive) this.#isLater[key % 8_388_608] = 1
      previous = target
    }
  }

  isFirst(place: number): boolean {
    return this.#isLater[place] === 0
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/**
 * Neighbours asked for in no order, slowly, and none twice. A router asks for whatever address somebody's packet goes to, and
 * of addresses that come by chance some come again soon (the birthday problem); who goes through a block asks for each once.
 */

import { addressPlace } from '../address-block.ts'
import { filterAttempts, inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { AttemptBits } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { isBroadcast, SOLICITATIONS } from './address-resolution.ts'
import type { Firing } from './timed-group.ts'

/**
 * `attempts`: of one source and kind, watched ones too. Only where answers can be seen: an address that has answered is not
 * asked for again while it is remembered, one that has not is. `falseAlarm`: probability of error for this source.
 */
export function unrepeatedFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  falseAlarm: number,
  { slowTargets, netFailures, windowSeconds }: RuleLimits['host-sweep'],
): Firing | null {
  if (!isBroadcast(kind) || attempts.length < slowTargets) return null
  if (!attempts.some((attempt) => (table.bits(attempt) & AttemptBits.answered) !== 0)) return null
  const unanswered = inTimeOrder(
    table,
    filterAttempts(attempts, (attempt) => !table.isServed(attempt)),
  )
  if (unanswered.length < slowTargets || 2 * unanswered.length - attempts.length < netFailures) return null
  let [from, to, drawn, pairs] = [Infinity, -Infinity, 0, 0]
  for (const attempt of unanswered) {
    const place = addressPlace(table.hosts, table.target(attempt))
    from = Math.min(from, place)
    to = Math.max(to, place)
    const times = timesAsked(table, attempt, windowSeconds)
    drawn += times
    pairs += (times * (times - 1)) / 2
  }
  const expected = (drawn * (drawn - 1)) / 2 / (to - from + 1)
  if (atMost(pairs, expected) >= falseAlarm) return null
  return {
    attempt: unanswered[slowTargets - 1]!,
    because: `${unanswered.length} addresses that did not answer were asked for over the whole capture, and so few again as chance would not have it (where ${slowTargets} are enough)`,
    measure: 'slowTargets',
    measured: unanswered.length,
    threshold: slowTargets,
  }
}

/** Packets that made it ask: one for all solicitations that follow each other, more where they go on after the window. */
function timesAsked(table: AttemptTable, attempt: number, windowSeconds: number): number {
  const seconds = table.lastSeconds(table.lastRow(attempt)) - table.time(attempt)
  return seconds < windowSeconds ? 1 : Math.max(2, Math.round(table.askedCount(attempt) / SOLICITATIONS))
}

/** Probability of at most `count` where `mean` are expected (Poisson), which pairs of equal ones among many follow. */
function atMost(count: number, mean: number): number {
  let term = Math.exp(-mean)
  let sum = term
  for (let k = 1; k <= count && sum < 1; k++) {
    term *= mean / k
    sum += term
  }
  return sum
}

/**
 * Whether merged parts are exactly what one pass would have counted. They are as long as no part had to refuse anything,
 * because what came after a table was full is then unknown, and no conversation's name is left undecided. A table of
 * independent rows that fills up while parts are merged keeps the same rows as one pass: the first ones in order.
 */

import type { Aggregates } from './aggregates.ts'

/** Whether adding `later` to `earlier` gives what one pass would give, as far as can be told before. */
export function canMergeExactly(earlier: Aggregates, later: Aggregates): boolean {
  const { table } = earlier.conversations
  const hasRoom = table.count + later.conversations.table.count < table.countMax
  return hasRoom && later.applications.refusedCount === 0 && isExact(later)
}

/**
 * False once a counter of refusals that the summary shows has begun, or a name is undecided: one pass may count otherwise.
 */
export function isExact(merged: Aggregates): boolean {
  const { addresses, packet, conversations, hardwareClaims, applications } = merged
  const { unlisted, fragments, pathSplits, undecidedNameCount } = conversations
  const refusedCount =
    addresses.refusedCount +
    packet.paths.refusedCount +
    pathSplits.table.refused[0]! +
    unlisted.targets.count +
    hardwareClaims.refusedCount +
    applications.refusedNameCount +
    undecidedNameCount
  return refusedCount === 0 && !fragments.isFull
}

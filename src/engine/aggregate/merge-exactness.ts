/**
 * Whether merged parts are exactly what one pass would have counted. They are as long as nothing had to be refused,
 * because what came after a table was full is unknown in a part, and counted by rows while merging, and neither a
 * conversation's name or handshake nor a hello is left undecided.
 */

import type { Aggregates } from './aggregates.ts'

/** Whether adding `later` to `earlier` gives what one pass would give, as far as can be told before. */
export function canMergeExactly(earlier: Aggregates, later: Aggregates): boolean {
  const { table } = earlier.conversations
  const hasRoom = table.count + later.conversations.table.count < table.countMax
  return hasRoom && isExact(later)
}

/**
 * False once a counter of refusals that the summary shows has begun, or a name, handshake or hello is undecided: one pass may count otherwise.
 */
export function isExact(merged: Aggregates): boolean {
  const { addresses, packet, conversations, hardwareClaims, applications, hellos } = merged
  const { unlisted, fragments, pathSplits, undecidedCount } = conversations
  const refusedCount =
    addresses.refusedCount +
    packet.paths.refusedCount +
    pathSplits.table.refused[0]! +
    unlisted.targets.count +
    hardwareClaims.refusedCount +
    applications.refusedNameCount +
    applications.refusedEvidenceCount +
    hellos.evictedCount +
    hellos.undecidedCount +
    undecidedCount
  return refusedCount === 0 && !fragments.isFull
}

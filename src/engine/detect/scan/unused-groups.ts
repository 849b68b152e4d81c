/** Groups of attempts that hold enough a rule can count. Most groups of most sources are uses, and sorting those finds nothing. */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { isUse } from './probe-or-use.ts'

/** As `forEachGroup`, of those groups alone in which at least `unusedMin` attempts are no use of what is there, as `isUsed` tells. */
export function forEachUnusedGroup(
  table: AttemptTable,
  attempts: Int32Array,
  keyOf: (attempt: number) => number,
  unusedMin: number,
  visit: (members: Int32Array, key: number) => void,
  isUsed: (table: AttemptTable, attempt: number) => boolean = isUse,
): void {
  const unused = filterAttempts(attempts, (attempt) => !isUsed(table, attempt))
  const found: number[] = []
  forEachGroup(unused, keyOf, unusedMin, (_, key) => found.push(key))
  if (found.length === 0) return
  if (unused.length === attempts.length) {
    forEachGroup(attempts, keyOf, unusedMin, visit)
    return
  }
  const keys = new NumberSet(Int32Array.from(found))
  const members = filterAttempts(attempts, (attempt) => keys.has(keyOf(attempt) | 0))
  forEachGroup(members, keyOf, unusedMin, visit)
}

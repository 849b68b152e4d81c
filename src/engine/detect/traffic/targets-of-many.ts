/** The targets that very many packets or connections may have gone to, without a sum of each of millions of hosts. */

import type { HostIndex } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'

/** An attempt of more is looked at by itself. Higher asks more targets for their sums, lower makes more attempts such. */
const FEW = 8

/**
 * Targets whose attempts' `sizeOf` sum to at least `least`, ascending. Sums are made only of targets that may reach it: by
 * the number of their attempts, or by a single attempt of more than a few. Most hosts of a large capture have neither, and a
 * sum for each of them would be a cache miss an attempt.
 */
export function targetsOfMany(
  table: AttemptTable,
  byTarget: HostIndex,
  least: number,
  sizeOf: (attempt: number) => number,
): number[] {
  const hasMany = new Uint8Array(table.hosts.count)
  for (let attempt = 0; attempt < table.count; attempt++)
    if (sizeOf(attempt) > FEW) hasMany[table.target(attempt)] = 1
  const targets: number[] = []
  for (let target = 0; target < table.hosts.count; target++) {
    if (byTarget.count(target) * FEW < least && hasMany[target] === 0) continue
    const attempts = byTarget.of(target)
    let sum = 0
    for (let i = 0; i < attempts.length && sum < least; i++) sum += sizeOf(attempts[i]!)
    if (sum >= least) targets.push(target)
  }
  return targets
}

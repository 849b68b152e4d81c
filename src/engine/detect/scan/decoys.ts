/** Several sources that send the same probes in step: one real, the others forged to hide it (Nmap -D). */

import { inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import type { RuleLimits } from '../rules.ts'
import { unionAttempts } from '../typed-concat.ts'
import type { ScanDraft } from './scan-draft.ts'

/** Pairs of host and port compared; more of a larger scan add nothing. */
const COMPARED_MAX = 65_536

/**
 * Join vertical scans that are copies of each other into one decoy scan; all others come back as they were.
 */
export function joinDecoys(
  table: AttemptTable,
  drafts: readonly ScanDraft[],
  limits: RuleLimits['decoy-scan'],
): ScanDraft[] {
  const vertical = drafts.filter(
    ({ rule, attempts }) => rule === 'vertical-scan' && attempts.length <= COMPARED_MAX,
  )
  const start = (draft: ScanDraft): number => table.time(draft.attempts[0]!)
  const byStart = [...vertical].sort((x, y) => start(x) - start(y) || x.sources[0]! - y.sources[0]!)
  const joined = new Set<ScanDraft>()
  const groups: ScanDraft[][] = []
  byStart.forEach((draft, place) => {
    if (joined.has(draft)) return
    const group = [draft]
    for (let next = place + 1; next < byStart.length; next++) {
      const other = byStart[next]!
      if (start(other) - start(draft) > limits.startWithinSeconds) break
      if (joined.has(other) || other.sources[0] === draft.sources[0]) continue
      if (similarity(table, draft.attempts, other.attempts) >= limits.similarity) group.push(other)
    }
    if (group.length < limits.sources) return
    for (const member of group) joined.add(member)
    groups.push(group)
  })
  return [
    ...drafts.filter((draft) => !joined.has(draft)),
    ...groups.map((group) => decoyDraft(table, group, limits)),
  ]
}

function decoyDraft(
  table: AttemptTable,
  group: readonly ScanDraft[],
  limits: RuleLimits['decoy-scan'],
): ScanDraft {
  let last = group[0]!.fired
  for (const { fired } of group) if (table.frame(fired) > table.frame(last)) last = fired
  return {
    rule: 'decoy-scan',
    sources: group.map(({ sources }) => sources[0]!),
    attempts: inTimeOrder(table, unionAttempts(group.map(({ attempts }) => attempts))),
    fired: last,
    because: `${group.length} sources sent the same probes in step`,
    measures: { firedBy: 'sources', measured: group.length, threshold: limits.sources },
    certainty: 0.9,
  }
}

/** Jaccard index of two scans' probes, by kind, target and port. */
function similarity(table: AttemptTable, x: Int32Array, y: Int32Array): number {
  if (Math.min(x.length, y.length) < 0.5 * Math.max(x.length, y.length)) return 0
  const both = new Int32Array(x.length + y.length)
  both.set(x)
  both.set(y, x.length)
  const keys = Float64Array.from(
    both,
    (a) => (table.target(a) * 16 + table.kind(a)) * 65_536 + table.port(a),
  ).sort()
  const union = keys.reduce((count, key, i) => (i === 0 || key !== keys[i - 1] ? count + 1 : count), 0)
  return (x.length + y.length - union) / union
}

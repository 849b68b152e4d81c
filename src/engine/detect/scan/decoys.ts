/** Several sources that send the same probes in step: one real, the others forged to hide it (Nmap -D). */

import { inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import type { RuleLimits } from '../rules.ts'
import { unionAttempts } from '../typed-concat.ts'
import type { ScanDraft } from './scan-draft.ts'

/** Pairs of host and port compared; more of a larger scan add nothing. */
const COMPARED_MAX = 65_536

/**
 * Scans of one target that each is compared with, those that began next. Nmap takes 128 decoys at most; a higher value
 * would find more of them among other scans, and let a capture of many scanners take longer to judge. Whoever is not
 * compared is flagged alone.
 */
const NEIGHBOURS_MAX = 256

interface Candidate {
  /** Place of the draft among all. */
  readonly place: number
  readonly draft: ScanDraft
  /** The lowest of its targets: copies have the same. */
  readonly target: number
  readonly startSeconds: number
  /** Its probes by kind, target and port, ascending, each once. */
  readonly probes: Float64Array
}

/**
 * Join vertical scans that are copies of each other into one decoy scan; all others come back as they were.
 */
export function joinDecoys(
  table: AttemptTable,
  drafts: readonly ScanDraft[],
  limits: RuleLimits['decoy-scan'],
): ScanDraft[] {
  const candidates = drafts
    .flatMap((draft, place) => candidateOf(table, draft, place) ?? [])
    .sort(
      (x, y) =>
        x.target - y.target || x.startSeconds - y.startSeconds || x.draft.sources[0]! - y.draft.sources[0]!,
    )
  const isJoined = new Uint8Array(drafts.length)
  const groups: ScanDraft[][] = []
  candidates.forEach((candidate, i) => {
    if (isJoined[candidate.place] === 1) return
    const group = [candidate]
    for (const other of candidates.slice(i + 1, i + 1 + NEIGHBOURS_MAX)) {
      if (other.target !== candidate.target) break
      if (other.startSeconds - candidate.startSeconds > limits.startWithinSeconds) break
      if (isJoined[other.place] === 1 || other.draft.sources[0] === candidate.draft.sources[0]) continue
      if (similarity(candidate.probes, other.probes) >= limits.similarity) group.push(other)
    }
    if (group.length < limits.sources) return
    for (const { place } of group) isJoined[place] = 1
    groups.push(group.map(({ draft }) => draft))
  })
  return [
    ...drafts.filter((_, place) => isJoined[place] === 0),
    ...groups.map((group) => decoyDraft(table, group, limits)),
  ]
}

function candidateOf(table: AttemptTable, draft: ScanDraft, place: number): Candidate | null {
  if (draft.rule !== 'vertical-scan' || draft.attempts.length > COMPARED_MAX) return null
  const probes = new Float64Array(draft.attempts.length)
  let target = Infinity
  draft.attempts.forEach((attempt, i) => {
    probes[i] = (table.target(attempt) * 16 + table.kind(attempt)) * 65_536 + table.port(attempt)
    target = Math.min(target, table.target(attempt))
  })
  return { place, draft, target, startSeconds: table.time(draft.attempts[0]!), probes: probes.sort() }
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

/** Jaccard index of two sets, each ascending without repetition. */
function similarity(x: Float64Array, y: Float64Array): number {
  if (Math.min(x.length, y.length) < 0.5 * Math.max(x.length, y.length)) return 0
  let shared = 0
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    const order = x[i]! - y[j]!
    if (order === 0) shared++
    if (order <= 0) i++
    if (order >= 0) j++
  }
  return shared / (x.length + y.length - shared)
}

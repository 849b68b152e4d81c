/** The evidence of one finding, small enough for one message; every list says how much it leaves out. */

import { type Evidence, listedMax } from '../../contract/index.ts'
import type { Finding } from '../../engine/summarize/capture-summary.ts'
import { cut, findingRowOf } from '../rows/findings.ts'

const PROBES_MAX = 2000
const PORTS_LENGTH_MAX = 300

/** The detector's running score, when the rule keeps one: one value per probe, and where it fires. */
export interface RunningScore {
  readonly scores: readonly number[]
  readonly threshold: number
}

export function evidenceOf(finding: Finding, score: RunningScore | null): Evidence {
  const { evidence } = finding
  const probes = evidence?.probes.slice(0, PROBES_MAX) ?? []
  const ports = (text: string): string => cut(text, PORTS_LENGTH_MAX)
  return {
    finding: findingRowOf(finding),
    // An index beyond the addresses that are listed points at none.
    probes: probes.map(([seconds, target, port, outcome, frame]) => [
      seconds,
      target < listedMax ? target : -1,
      port,
      outcome,
      frame,
    ]),
    probeCount: evidence?.probeCount ?? 0,
    scores: score?.scores.length === probes.length ? score.scores : null,
    scoreThreshold: score?.threshold ?? null,
    learned: (evidence?.learned ?? []).slice(0, listedMax).map((row) => ({
      target: row.target,
      open: ports(row.open),
      refused: ports(row.refused),
      filtered: ports(row.filtered),
      silent: ports(row.silent),
    })),
    learnedCount: evidence?.learned.length ?? 0,
    next: (evidence?.next ?? []).slice(0, listedMax),
    nextCount: evidence?.next.length ?? 0,
    toolHint: evidence?.toolHint ?? null,
  }
}

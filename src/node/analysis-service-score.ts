/**
 * The running score of a scan's probes: the threshold random walk (Jung and others, IEEE S&P 2004) that the rule for
 * slow scans decides by. It is one measure for the probes of every scan; a rule that counts in a window may fire
 * before the walk has reached its boundary.
 */

import { RandomWalk } from '../engine/detect/sequential-test.ts'
import type { CaptureSummary, Finding } from '../engine/index.ts'
import type { RunningScore } from './analysis-service-evidence.ts'

const OPEN = 0
const UNKNOWN = 4
const SCORED_RULE = 'slow-scan'

/**
 * Log-likelihood after each probe, with the parameters the run used; null for findings without probes. An answer is
 * evidence for a benign host, a refusal or silence for a scanner. A target that never answers counts once, however
 * many of its ports are tried: a dead host is one failure.
 */
export function runningScore(finding: Finding, rules: CaptureSummary['tool']['rules']): RunningScore | null {
  const probes = finding.evidence?.probes ?? []
  const thresholds = rules.find(({ rule }) => rule === SCORED_RULE)?.thresholds
  if (probes.length === 0 || thresholds === undefined) return null
  const { benignSuccess, scannerSuccess, falseAlarm, detection } = thresholds
  if (
    benignSuccess === undefined ||
    scannerSuccess === undefined ||
    falseAlarm === undefined ||
    detection === undefined
  ) {
    return null
  }
  const walk = new RandomWalk({ benignSuccess, scannerSuccess, falseAlarm, detection }, 1)
  const answering = new Set(probes.filter(([, , , outcome]) => outcome < 2).map(([, target]) => target))
  const dead = new Set<number>()
  const scores = probes.map(([, target, , outcome]) => {
    const isKnownDead = target !== -1 && !answering.has(target) && dead.has(target)
    if (outcome === OPEN) walk.step(false)
    else if (outcome !== UNKNOWN && !isKnownDead) walk.step(true)
    if (target !== -1 && !answering.has(target)) dead.add(target)
    return Math.round(walk.logLikelihood * 1000) / 1000
  })
  return { scores, threshold: Math.round(walk.upper * 1000) / 1000 }
}

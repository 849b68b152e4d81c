/**
 * The measure a scan's finding fired on, after each of its probes: a count or weight within the rule's window, or the
 * threshold random walk of Jung and others (IEEE S&P 2004) that the rule for slow scans decides by.
 */

import { RandomWalk, type CaptureSummary, type Finding } from '../../engine/index.ts'
import type { RunningScore } from './evidence.ts'
import { runningCount } from './running-count.ts'

type Probe = NonNullable<Finding['evidence']>['probes'][number]

const SCORED_RULE = 'slow-scan'

/** With the thresholds the run used; null for findings without probes, and where no count of probes was the measure. */
export function runningScore(finding: Finding, rules: CaptureSummary['tool']['rules']): RunningScore | null {
  const probes = finding.evidence?.probes ?? []
  const { firedBy, threshold } = finding.measures
  if (probes.length === 0 || typeof firedBy !== 'string') return null
  if (firedBy === 'logLikelihoodRatio') {
    const scores = logLikelihood(probes, rules.find(({ rule }) => rule === SCORED_RULE)?.thresholds)
    return scores === null || typeof threshold !== 'number' ? null : { scores, threshold }
  }
  if (typeof threshold !== 'number') return null
  const limits = rules.find(({ rule }) => rule === finding.rule)?.thresholds ?? {}
  const scores = runningCount(firedBy, probes, limits)
  return scores === null ? null : { scores, threshold }
}

/**
 * The evidence holds no uses, only contacts that came to nothing, and each is a step towards a scanner. A target that
 * never answers counts once, however many of its ports are tried: a dead host is one failure.
 */
function logLikelihood(
  probes: readonly Probe[],
  thresholds: Readonly<Record<string, number>> | undefined,
): number[] | null {
  if (thresholds === undefined) return null
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
  return probes.map(([, target]) => {
    const isKnownDead = target !== -1 && !answering.has(target) && dead.has(target)
    if (!isKnownDead) walk.step(true)
    if (target !== -1 && !answering.has(target)) dead.add(target)
    return Math.round(walk.logLikelihood * 1000) / 1000
  })
}

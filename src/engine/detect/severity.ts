/** How much: severity grows with the logarithm of what was done, so that repeated evidence escalates instead of flooding. */

import type { Severity } from './finding.ts'

const LEVELS: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/**
 * Up to 99 low, from 100 medium, from 1,000 high, from 10,000 critical: each step of a scale of tens, as Slips
 * (10, 100, 1000) and psad (5, 15, 150, 1500, 10000) escalate. `steps` shifts the result within the scale.
 */
export function logSeverity(count: number, steps = 0): Severity {
  const level = Math.floor(Math.log10(Math.max(1, count)) + 1e-9) - 1 + steps
  return LEVELS[Math.min(LEVELS.length - 1, Math.max(0, level))]!
}

export function severityRank(severity: Severity): number {
  return LEVELS.indexOf(severity)
}

export function worse(x: Severity, y: Severity): Severity {
  return severityRank(x) >= severityRank(y) ? x : y
}

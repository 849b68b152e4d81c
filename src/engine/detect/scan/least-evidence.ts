/** How many attempts that were not used a rule needs at the least: fewer are not worth a look, and most sources have fewer. */

import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import type { RuleLimits } from '../rules.ts'
import { failuresToFire } from '../sequential-test.ts'
import { PRIVILEGED_WEIGHT } from './vertical.ts'

/** No rule fires below it, whatever its thresholds: three stealth probes are the least. */
export const GROUP_MIN = 3

const STEALTH_KINDS = (1 << ProbeKind.tcpFin) | (1 << ProbeKind.tcpNull) | (1 << ProbeKind.tcpXmas)

export interface LeastEvidence {
  /** For any port scan rule. */
  readonly any: number
  /** For the counts and the walk over the whole capture. */
  readonly slow: number
}

/** Of one source, whose `attempts` have ports; `sourceCount` sources are tested. All that a rule counts for a scan was not used. */
export function leastEvidence(
  table: AttemptTable,
  attempts: Int32Array,
  sourceCount: number,
  limits: RuleLimits,
): LeastEvidence {
  const walk = limits['slow-scan']
  const slow = Math.max(GROUP_MIN, Math.min(walk.ports, walk.hosts, failuresToFire(walk, sourceCount)))
  if ((kindsOf(table, attempts) & STEALTH_KINDS) !== 0) return { any: GROUP_MIN, slow }
  const windowed = Math.min(
    leastPorts(ProbeKind.tcpSyn, limits['vertical-scan']),
    leastHosts(ProbeKind.tcpSyn, limits['horizontal-scan']),
    limits['block-scan'].failedPairs,
  )
  return { any: Math.max(GROUP_MIN, Math.min(windowed, slow)), slow }
}

/** Ports of one target, for verticalFiring. */
export function leastPorts(kind: number, limits: RuleLimits['vertical-scan']): number {
  if (((1 << kind) & STEALTH_KINDS) !== 0) return GROUP_MIN
  const { failedPorts, unusedPorts, weight } = limits
  return Math.max(GROUP_MIN, Math.min(failedPorts, unusedPorts, Math.ceil(weight / PRIVILEGED_WEIGHT)))
}

/** Targets of one port, for horizontalFiring. */
export function leastHosts(kind: number, limits: RuleLimits['horizontal-scan']): number {
  if (((1 << kind) & STEALTH_KINDS) !== 0) return GROUP_MIN
  return Math.max(
    GROUP_MIN,
    Math.min(limits.failedHosts, limits.leftHosts, limits.unusedHosts, limits.walkedHosts),
  )
}

/** A bit for each kind of probe among the attempts. */
export function kindsOf(table: AttemptTable, attempts: Int32Array): number {
  let kinds = 0
  for (let i = 0; i < attempts.length; i++) kinds |= 1 << table.kind(attempts[i]!)
  return kinds
}

/** Which IP protocols does the target speak: Nmap -sO sends one packet of each. */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import type { RuleLimits } from '../rules.ts'
import { unionAttempts } from '../typed-concat.ts'
import type { ScanDraft } from './scan-draft.ts'
import { timedGroup } from './timed-group.ts'

export function ipProtocolScan(
  table: AttemptTable,
  source: number,
  attempts: Int32Array,
  limits: RuleLimits['ip-protocol-scan'],
): ScanDraft | null {
  const own = filterAttempts(attempts, (a) => table.kind(a) === ProbeKind.ipProtocol && !table.isServed(a))
  if (own.length < limits.protocols) return null
  const hits: Int32Array[] = []
  forEachGroup(
    own,
    (attempt) => table.target(attempt),
    limits.protocols,
    (members) => {
      hits.push(members.slice())
    },
  )
  if (hits.length === 0) return null
  const { members } = timedGroup(table, unionAttempts(hits))
  return {
    rule: 'ip-protocol-scan',
    sources: [source],
    attempts: members,
    fired: timedGroup(table, hits[0]!).members[limits.protocols - 1]!,
    because: `${limits.protocols} IP protocols drew nothing but errors or silence`,
    measures: { firedBy: 'protocols', measured: members.length, threshold: limits.protocols },
    certainty: 1,
  }
}

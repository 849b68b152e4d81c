/** One row a flagged source: what the scan findings say of it, put together. */

import { countDistinct, forEachGroup, inTimeOrder } from './attempt-groups.ts'
import type { AttemptTable } from './attempt-table.ts'
import type { Finding, ScannerRow, Severity } from './finding.ts'
import { distinct } from './groups-by-sorting.ts'
import { NumberSet } from './number-set.ts'
import { hasPort } from './probe-kind.ts'
import { countOutcomes } from './scan-evidence.ts'
import { timeSpan } from './scan-finding.ts'
import type { ScanDraft } from './scan/scan-draft.ts'
import { severityRank, worse } from './severity.ts'
import { unionAttempts } from './typed-concat.ts'

export interface NamedScan {
  readonly draft: ScanDraft
  readonly finding: Finding
}

/** What one source did in one scan. */
interface Share {
  readonly source: number
  readonly finding: Finding
  readonly attempts: Int32Array
}

/** Sources of findings that are not authorised, worst first, then most attempts, then first frame. */
export function scannerRows(table: AttemptTable, scans: readonly NamedScan[]): ScannerRow[] {
  const shares = scans.filter(({ finding }) => !finding.authorised).flatMap((scan) => sharesOf(table, scan))
  const rows: ReturnType<typeof rowOf>[] = []
  // Grouped by sorting: a Map of host numbers has no secret, and who scans from how many hosts chooses the numbers.
  forEachGroup(
    Int32Array.from(shares.keys()),
    (share) => shares[share]!.source,
    1,
    (members) => {
      rows.push(
        rowOf(
          table,
          Array.from(members, (share) => shares[share]!),
        ),
      )
    },
  )
  return rows
    .sort(
      (x, y) =>
        severityRank(y.row.severity) - severityRank(x.row.severity) ||
        y.row.attemptCount - x.row.attemptCount ||
        x.frame - y.frame,
    )
    .map(({ row }) => row)
}

/** Of a scan by many, each source's own attempts. */
function sharesOf(table: AttemptTable, { draft, finding }: NamedScan): Share[] {
  const sources = new NumberSet(Int32Array.from(draft.sources))
  const shares: Share[] = []
  forEachGroup(
    draft.attempts,
    (attempt) => table.source(attempt),
    1,
    (members, source) => {
      if (sources.has(source)) shares.push({ source, finding, attempts: members.slice() })
    },
  )
  // Whoever scans in another's name has sent none of the probes under its own.
  return shares.length > 0
    ? shares
    : draft.sources.map((source) => ({ source, finding, attempts: draft.attempts }))
}

/** `shares`: of one source. */
function rowOf(table: AttemptTable, shares: readonly Share[]) {
  const { source } = shares[0]!
  const findings = shares.map(({ finding }) => finding)
  const all = unionAttempts(shares.map(({ attempts }) => attempts))
  const attempts = inTimeOrder(table, all)
  const ported = attempts.filter((attempt) => hasPort(table.kind(attempt)))
  const times = timeSpan(table, attempts)
  let severity: Severity = 'low'
  let confidence = 0
  for (const finding of findings) {
    severity = worse(severity, finding.severity)
    confidence = Math.max(confidence, finding.confidence)
  }
  const row: ScannerRow = {
    address: table.hosts.text(source),
    kinds: distinctTexts(findings.map(({ rule }) => rule)),
    techniques: distinctTexts(findings.flatMap(({ technique }) => (technique ?? '').split('+'))),
    severity,
    confidence,
    targetCount: countDistinct(attempts, (attempt) => table.target(attempt)),
    portCount: countDistinct(ported, (attempt) => table.port(attempt)),
    attemptCount: attempts.length,
    outcomes: countOutcomes(table, attempts),
    firstTimestamp: times.first,
    lastTimestamp: times.last,
    findingIds: findings.map(({ id }) => id),
  }
  return { row, frame: table.frame(attempts[0]!) }
}

function distinctTexts(texts: readonly string[]): string[] {
  return distinct(texts)
    .filter((text) => text !== '')
    .sort()
}

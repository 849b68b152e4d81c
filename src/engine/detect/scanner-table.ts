/** One row a flagged source: what the scan findings say of it, put together. */

import { countDistinct, forEachGroup, inTimeOrder } from './attempt-groups.ts'
import type { AttemptTable } from './attempt-table.ts'
import type { Finding, ScannerRow, Severity } from './finding.ts'
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

/** Sources of findings that are not authorised, worst first, then most attempts, then first frame. */
export function scannerRows(table: AttemptTable, scans: readonly NamedScan[]): ScannerRow[] {
  const flagged = scans.filter(({ finding }) => !finding.authorised)
  const pairs = flagged.flatMap((scan) => Array.from(scan.draft.sources, (source) => ({ scan, source })))
  const rows: ReturnType<typeof rowOf>[] = []
  // Grouped by sorting: a Map of host numbers has no secret, and who scans from how many hosts chooses the numbers.
  forEachGroup(
    Int32Array.from(pairs.keys()),
    (pair) => pairs[pair]!.source,
    1,
    (members, source) => {
      const own = Array.from(members, (pair) => pairs[pair]!.scan)
      rows.push(rowOf(table, source, own))
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

function rowOf(table: AttemptTable, source: number, scans: readonly NamedScan[]) {
  const whole = unionAttempts(scans.map(({ draft }) => draft.attempts))
  const sent = whole.filter((attempt) => table.source(attempt) === source)
  // Whoever scans in another's name has sent none of the probes under its own.
  const all = sent.length > 0 ? sent : whole
  const attempts = inTimeOrder(table, all)
  const ported = attempts.filter((attempt) => hasPort(table.kind(attempt)))
  const times = timeSpan(table, attempts)
  let severity: Severity = 'low'
  let confidence = 0
  for (const { finding } of scans) {
    severity = worse(severity, finding.severity)
    confidence = Math.max(confidence, finding.confidence)
  }
  const row: ScannerRow = {
    address: table.hosts.text(source),
    kinds: distinctTexts(scans.map(({ finding }) => finding.rule)),
    techniques: distinctTexts(scans.flatMap(({ finding }) => (finding.technique ?? '').split('+'))),
    severity,
    confidence,
    targetCount: countDistinct(attempts, (attempt) => table.target(attempt)),
    portCount: countDistinct(ported, (attempt) => table.port(attempt)),
    attemptCount: attempts.length,
    outcomes: countOutcomes(table, attempts),
    firstTimestamp: times.first,
    lastTimestamp: times.last,
    findingIds: scans.map(({ finding }) => finding.id),
  }
  return { row, frame: table.frame(attempts[0]!) }
}

function distinctTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort()
}

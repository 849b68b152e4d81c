/** What detection gives: findings, the table of scanners, and who was considered and let go. */

import type { DismissedRow, Finding, RuleUse, ScannerRow } from './finding.ts'

export interface Detection {
  /** By severity, then confidence, then first frame. */
  readonly findings: readonly Finding[]
  readonly scanners: readonly ScannerRow[]
  /** Scans found beyond those listed: see SCANS_LISTED_MAX. */
  readonly unlistedScanCount: number
  readonly dismissed: readonly DismissedRow[]
  /** Every rule that ran, with the thresholds it ran with. */
  readonly rules: readonly RuleUse[]
}

/** Of a capture no rule has looked at. */
export const NO_DETECTION: Detection = {
  findings: [],
  scanners: [],
  unlistedScanCount: 0,
  dismissed: [],
  rules: [],
}

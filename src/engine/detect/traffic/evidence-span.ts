/** Frames and times of a row of application evidence, as findings print them. */

import type { EvidenceRows } from '../../aggregate/application/evidence-rows.ts'
import { timestampText } from '../../net/packed-time.ts'
import type { Evidence } from '../evidence.ts'

export function evidenceSpan(evidence: Evidence, rows: EvidenceRows, row: number) {
  const isTimed = evidence.firstTime !== null
  return {
    firstTimestamp: isTimed ? timestampText(rows.firstSeconds(row), rows.firstNanoseconds(row)) : null,
    lastTimestamp: isTimed ? timestampText(rows.lastSeconds(row), rows.lastNanoseconds(row)) : null,
    firstFrame: rows.firstFrame(row),
    firedFrame: rows.firstFrame(row),
  }
}

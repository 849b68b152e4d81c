/** What a page is told of a small capture, whole and in half. */

import type { Coverage, SummaryHead } from '../../src/contract/index.ts'
import { summaryHeadOf } from '../../src/node/service/head.ts'
import { emptySummary } from '../report/empty-summary.ts'

export const smallHead: SummaryHead = summaryHeadOf(emptySummary())

export const wholeCoverage: Coverage = {
  isComplete: true,
  packetCount: 10,
  bytesRead: 1264,
  bytesTotal: 1264,
  reason: 'complete',
}

export const halfCoverage: Coverage = {
  ...wholeCoverage,
  isComplete: false,
  bytesRead: 632,
  reason: 'still-reading',
}

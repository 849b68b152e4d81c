/** What every section of the report is given. */

import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import type { ReportOptions } from './data-island.ts'
import { Clock } from './text/moment.ts'

export interface ReportContext {
  readonly summary: CaptureSummary
  readonly options: ReportOptions
  readonly clock: Clock
}

export function reportContext(summary: CaptureSummary, options: ReportOptions): ReportContext {
  return { summary, options, clock: new Clock(options.timeZone) }
}

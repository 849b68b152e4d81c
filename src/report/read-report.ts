/** Reads a saved report back: the summary it was made from, and whether the page still shows just that. */

import type { CaptureSummary } from '../engine/summarize/capture-summary.ts'
import { readDataIsland, type ReportData } from './data-island.ts'
import { renderReport } from './render-report.ts'

/** The summary a report was made from; null when the text is no report of schema nta.summary/1. */
export function readReport(page: string): CaptureSummary | null {
  return readReportData(page)?.summary ?? null
}

/**
 * Whether the page shows what its data says: made again from the data it holds, it must come out byte for byte the
 * same. `unknown` when another version of this program made it, or the text is no report.
 */
export function isPageUnaltered(page: string, version: string): boolean | 'unknown' {
  const data = readReportData(page)
  if (data === null || data.summary.tool.version !== version) return 'unknown'
  return renderReport(data.summary, data.options) === page
}

function readReportData(page: string): ReportData | null {
  const data = readDataIsland(page)
  if (!isRecord(data) || !isRecord(data.summary) || !isRecord(data.options)) return null
  if (data.summary.schema !== 'nta.summary/1') return null
  if (!isRecord(data.summary.capture) || !isRecord(data.summary.tool)) return null
  if (data.options.timeZone !== 'utc' && data.options.timeZone !== 'local') return null
  return data as unknown as ReportData
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

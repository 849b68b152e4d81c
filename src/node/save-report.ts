/** The HTML report, rendered and saved whole or not at all. */

import type { CaptureSummary } from '../engine/index.ts'
import { renderReport } from '../report/render-report.ts'
import { saveFile } from './save-file.ts'

/** Null when saved; else one sentence on what failed and what to do. */
export async function saveReport(
  path: string,
  summary: CaptureSummary,
  options: { readonly timeZone: 'utc' | 'local' },
): Promise<string | null> {
  const saved = await saveFile(path, renderReport(summary, options))
  return saved.ok ? null : saved.error.message
}

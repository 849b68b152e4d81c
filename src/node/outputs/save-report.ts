/** The HTML report, rendered and saved whole or not at all. */

import type { CaptureSummary } from '../../engine/index.ts'
import { renderReport } from '../../report/render-report.ts'
import { saveFile } from '../saving/save-file.ts'

/** Null when saved; else one sentence on what failed and what to do. */
export async function saveReport(
  path: string,
  summary: CaptureSummary,
  options: { readonly timeZone: 'utc' | 'local' },
): Promise<string | null> {
  // Made while it is saved: a page longer than the longest text of the runtime is then an error value as well.
  function* page() {
    yield renderReport(summary, options)
  }
  const saved = await saveFile(path, page())
  return saved.ok ? null : saved.error.message
}

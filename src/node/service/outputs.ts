/** What an analysis can be saved as: the report, the summary as JSON, one table as CSV. */

import { failed, type Outcome, succeeded, type TableName } from '../../contract/index.ts'
import type { CaptureSummary } from '../../engine/index.ts'
import { renderReport } from '../../report/render-report.ts'
import { csvPieces } from './csv.ts'
import { type SaveContent, saveFile, type SaveOptions } from '../saving/save-file.ts'
import { summaryJson } from '../outputs/summary-json.ts'
import { listsHeld } from '../outputs/summary-lists.ts'

/** Bytes written so far, and a signal that is looked at between pieces. */
export type OutputHooks = Required<Pick<SaveOptions, 'onBytes' | 'signal'>>

export type Written = Promise<Outcome<{ byteCount: number }>>

/** Rows of one table as a page shows them. */
export interface OutputRows {
  readonly table: TableName
  readonly rowCount: number
  readonly rowAt: (place: number) => unknown
}

export interface AnalysisOutputs {
  report(summary: CaptureSummary, path: string, hooks: OutputHooks): Written
  json(summary: CaptureSummary, path: string, hooks: OutputHooks): Written
  csv(summary: CaptureSummary, rows: OutputRows, path: string, hooks: OutputHooks): Written
}

/** The real ones. Each replaces the file at `path` in one step. */
export const fileOutputs: AnalysisOutputs = {
  report: (summary, path, hooks) =>
    write(
      path,
      madeBy(() => renderReport(summary, { timeZone: 'utc' })),
      hooks,
    ),
  json: (summary, path, hooks) => write(path, summaryJson(summary, listsHeld(summary)), hooks),
  csv: (summary, { table, rowCount, rowAt }, path, hooks) =>
    write(path, csvPieces(table, summary, rowCount, rowAt), hooks),
}

/** Text made while saving, so that what goes wrong in the making is an outcome of the save. */
function* madeBy(make: () => string): Generator<string, void, undefined> {
  yield make()
}

async function write(path: string, content: SaveContent, hooks: OutputHooks): Written {
  const saved = await saveFile(path, content, hooks)
  if (saved.ok) return succeeded({ byteCount: saved.byteCount })
  const { kind, message } = saved.error
  return failed(kind === 'cancelled' ? 'cancelled' : 'save-failed', message, { file: path })
}

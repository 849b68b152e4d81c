/** Saving what an analysis found: a file where the person said (desktop) or a download (browser). */

import { type Checked, flag, integer, nullable, oneOf, record, tagged, text } from './check.ts'
import { tableView } from './row-window.ts'

export const saveRequest = tagged('kind', {
  /** One self-contained HTML file. */
  report: record({ analysisId: text(100) }),
  /** The whole summary, schema nta.summary/1. */
  json: record({ analysisId: text(100) }),
  /** One table, formula-safe. `view` is what is shown; rows beyond the window are included. */
  csv: record({ analysisId: text(100), view: tableView }),
})
export type SaveRequest = Checked<typeof saveRequest>

export const saveEvent = record({ byteCount: integer() })

export const saved = tagged('kind', {
  file: record({ path: text(4096), name: text(1000), byteCount: integer() }),
  /** A browser fetches `url` once, within a minute, and keeps it under `name`. */
  download: record({ url: text(300), name: text(1000), byteCount: integer() }),
  /** The person closed the dialog. */
  dismissed: record({ reason: oneOf(['closed']) }),
})
export type Saved = Checked<typeof saved>

/** What a person decided about one finding. Kept per capture, so it is there when the capture is opened again. */
export const findingNote = record({
  findingId: text(200),
  isAcknowledged: flag,
  note: text(4000),
  /** ISO 8601, UTC; null for a note not saved yet. */
  changedAt: nullable(text(40)),
})
export type FindingNote = Checked<typeof findingNote>

/** The summary as JSON in pieces, since all rows of a large capture are longer than the longest text of the runtime. */

import type { CaptureSummary } from '../engine/index.ts'
import type { SummaryLists } from './summary-lists.ts'

/** Rows joined before they are handed out: each piece costs a call of the system. */
const ROW_COUNT_PER_PIECE = 500

/** What `JSON.stringify(summary)` gives, and an end of line, with the rows of `lists` in place of the summary's own. */
export function* summaryJson(
  summary: CaptureSummary,
  lists: SummaryLists,
): Generator<string, void, undefined> {
  let before = '{'
  for (const [name, value] of Object.entries(summary)) {
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (name === 'endpoints' || name === 'conversations') yield* rowPieces(lists[name]())
    else yield JSON.stringify(value)
  }
  yield '}\n'
}

function* rowPieces(rows: Iterable<unknown>): Generator<string, void, undefined> {
  let piece = '['
  let rowCount = 0
  for (const row of rows) {
    piece += rowCount === 0 ? JSON.stringify(row) : `,${JSON.stringify(row)}`
    rowCount++
    if (rowCount % ROW_COUNT_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  yield `${piece}]`
}

/** The summary as the JSON file that every host saves and prints. */

import type { CaptureSummary } from '../../engine/index.ts'
import { jsonPieces } from './json-pieces.ts'
import type { SummaryLists } from './summary-lists.ts'

/** What `JSON.stringify(summary)` gives, and an end of line, with the rows of `lists` in place of the summary's own. */
export function* summaryJson(
  summary: CaptureSummary,
  lists: SummaryLists,
): Generator<string, void, undefined> {
  yield* jsonPieces({ ...summary, endpoints: lists.endpoints(), conversations: lists.conversations() })
  yield '\n'
}

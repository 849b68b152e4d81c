/** The two lists of a summary that can be longer than memory is wide: read row by row, they may have any length. */

import {
  eachConversationRow,
  eachEndpointRow,
  type Aggregates,
  type CaptureSummary,
  type ConversationRow,
  type EndpointRow,
} from '../../engine/index.ts'

/** Rows that a summary holds at once, some kilobytes each; what lists more is written row by row. */
export const ROWS_HELD_MAX = 10_000

/** Each may be asked for more than once, and gives the same rows. */
export interface SummaryLists {
  readonly endpoints: () => Iterable<EndpointRow>
  readonly conversations: () => Iterable<ConversationRow>
}

/** Rows to hold in a summary whose lists shall have `rowLimit` rows, null for all. */
export function rowsHeld(rowLimit: number | null): number {
  return Math.min(rowLimit ?? ROWS_HELD_MAX, ROWS_HELD_MAX)
}

/** The lists with `rowLimit` rows, null for all: those of the summary itself where it holds as many. */
export function summaryLists(
  summary: CaptureSummary,
  aggregates: Aggregates,
  rowLimit: number | null,
): SummaryLists {
  if (rowLimit !== null && rowLimit <= ROWS_HELD_MAX) return listsHeld(summary)
  return {
    endpoints: () => eachEndpointRow(aggregates, rowLimit),
    conversations: () => eachConversationRow(aggregates, rowLimit),
  }
}

export function listsHeld({ endpoints, conversations }: CaptureSummary): SummaryLists {
  return { endpoints: () => endpoints, conversations: () => conversations }
}

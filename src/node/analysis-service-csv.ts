/** One table as CSV (RFC 4180) that a spreadsheet shows and never runs: every text is quoted, formulas are disarmed. */

import type { TableName } from '../contract/index.ts'
import { tables } from '../contract/index.ts'

/** What spreadsheets take for the start of a formula, full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/

/** One cell. Numbers stay numbers; a text that would start a formula gets an apostrophe before it; missing is empty. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = FORMULA_START.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** Column names and values of a row. Nested fields become `originator.address`; lists of words are joined by spaces. */
function flatCells(row: unknown, prefix: string, cells: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(row as Record<string, unknown>)) {
    const column = prefix === '' ? name : `${prefix}.${name}`
    if (Array.isArray(value)) cells.set(column, value.join(' '))
    else if (typeof value === 'object' && value !== null && !freeForm.has(name))
      flatCells(value, column, cells)
    else cells.set(column, value)
  }
}

/** Fields whose names are data: they stay one column of JSON, so that every row has the same columns. */
const freeForm = new Set(['measures', 'thresholds'])

/**
 * The table as pieces of CSV, header first, lines ended by CR LF. Columns are those of the first row; `rowAt` is called
 * once per row, in order.
 */
export function* csvPieces(
  table: TableName,
  rowCount: number,
  rowAt: (place: number) => unknown,
): Generator<string, void, undefined> {
  if (rowCount === 0) {
    const { textColumns, numberColumns } = tables[table]
    yield `${[...textColumns, ...numberColumns].map(csvCell).join(',')}\r\n`
    return
  }
  const first = new Map<string, unknown>()
  flatCells(rowAt(0), '', first)
  const columns = [...first.keys()]
  let piece = `${columns.map(csvCell).join(',')}\r\n`
  for (let place = 0; place < rowCount; place++) {
    const cells = new Map<string, unknown>()
    flatCells(rowAt(place), '', cells)
    piece += `${columns.map((column) => csvCell(cells.get(column))).join(',')}\r\n`
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

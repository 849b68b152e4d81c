/** One table as the page shows it, as CSV: the same columns as the command line writes, row by row. */

import type { TableName } from '../../contract/index.ts'
import type { CaptureSummary } from '../../engine/index.ts'
import { csvLine, type CsvValue } from '../outputs/export-csv-cell.ts'
import { csvTables } from '../outputs/export-csv-tables.ts'

/** Lines joined before they are handed on: each piece becomes a write. */
const LINE_COUNT_PER_PIECE = 500

/** Pieces of CSV, header first. `rowAt` is called once per row, in order: no list of a million rows is ever made. */
export function* csvPieces(
  table: TableName,
  summary: CaptureSummary,
  rowCount: number,
  rowAt: (place: number) => unknown,
): Generator<string, void, undefined> {
  const rows = {
    *[Symbol.iterator]() {
      for (let place = 0; place < rowCount; place++) yield rowAt(place)
    },
  }
  let piece = ''
  let lineCount = 0
  for (const line of linesOf(table, summary, rows)) {
    piece += line
    if (++lineCount % LINE_COUNT_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  yield piece
}

function linesOf(table: TableName, summary: CaptureSummary, rows: Iterable<unknown>): Iterable<string> {
  // The tables only ever walk their rows once, so any iterable stands in for the list.
  const known = csvTables({ ...summary, [table]: rows }).find(({ fileName }) => fileName === `${table}.csv`)
  return known === undefined ? plainLines(rows) : known.lines()
}

/** A table whose rows are flat: one column a field, named as in the summary. Without rows there is nothing to name. */
function* plainLines(rows: Iterable<unknown>): Generator<string, void, undefined> {
  let names: readonly string[] | null = null
  for (const row of rows) {
    const fields = row as Readonly<Record<string, CsvValue>>
    if (names === null) {
      names = Object.keys(fields)
      yield csvLine(names)
    }
    yield csvLine(names.map((name) => fields[name] ?? null))
  }
}

/**
 * Cells of CSV (RFC 4180) that a spreadsheet shows and never runs (OWASP, CSV Injection): every text is quoted, what
 * would start a formula is disarmed with an apostrophe, and characters that cannot be seen are written out.
 */

import { visibleText } from '../../report/text/visible-text.ts'

export type CsvValue = string | number | boolean | null

/** What spreadsheets take for the start of a formula; blanks and quotes before it and full-width forms included. */
const formulaStart = /^["\s]*[=+\-@＝＋－＠]/
/**
 * The same behind a semicolon: where the list separator is one, a spreadsheet parts a line there whatever the quotes
 * say, as the line does not begin with them.
 */
const formulaBehindSemicolon = /;(?=["'\s]*[=+\-@＝＋－＠])/g
/** Numbers the summary keeps as text, exact to the nanosecond. */
const exactDecimal = /^-?\d+\.\d{9}$/

/** One cell. Numbers stay numbers, also times as exact decimal text; null is empty. */
export function csvCell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  if (exactDecimal.test(value)) return value
  const shown = visibleText(value).replace(formulaBehindSemicolon, ";'")
  const safe = formulaStart.test(shown) ? `'${shown}` : shown
  return `"${safe.replaceAll('"', '""')}"`
}

/** One record with its line break, which RFC 4180 wants as CR LF. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** Tables of the report: one description of columns, sorted and filtered by the page's script where there is one. */

import { count, counted } from './text/figures.ts'
import { type Html, html, type Renderable } from './text/html.ts'

export interface Column<Row> {
  readonly heading: string
  /**
   * How cells are set and sorted: numbers to the right and by value; `fixed` for addresses and times, in letters of
   * one width and whole; `code` likewise for what may be long and broken anywhere.
   */
  readonly kind: 'text' | 'number' | 'fixed' | 'code'
  /** What the number is, for the reader who rests on the heading. */
  readonly note?: string
  readonly cell: (row: Row, index: number) => Renderable
}

export interface Table<Row> {
  /** Lower-case word, unique on the page. */
  readonly id: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** How many there are in the capture, listed or not; the number of rows when left out. */
  readonly totalCount?: number
  /** What one row is: `conversation`. */
  readonly singular: string
  /** What several are, where it is not the singular with an s. */
  readonly plural?: string
  /** Which rows are shown when not all are: `largest by bytes`. */
  readonly order?: string
  readonly empty: string
}

/** Rows of one table on the page. More makes browsers slow to lay out; the data island keeps every row. */
export const ROW_COUNT_MAX = 1_000
/** Rows of one table on paper, about a page of A4; the style sheet hides the others there. */
export const PRINTED_ROW_COUNT_MAX = 40
/** From this many rows on a table gets a frame of its own to scroll in. */
const LONG_TABLE_ROW_COUNT_MIN = 25
/** From this many columns on cells stand closer, so that the last is not cut off on a screen of 1280 pixels. */
const MANY_COLUMNS_MIN = 12

export function dataTable<Row>(table: Table<Row>): Html {
  if (table.rows.length === 0) return html`<p class="empty">${table.empty}</p>`
  const rows = table.rows.slice(0, ROW_COUNT_MAX)
  const { id, columns } = table
  return html`<div class="table">
    <div
      class="${rows.length >= LONG_TABLE_ROW_COUNT_MIN ? 'scroll long' : 'scroll'}"
      role="region"
      tabindex="0"
      aria-labelledby="${id}-caption"
    >
      <table id="${id}" class="${alignment(columns)}">
        <caption>
          <b id="${id}-caption">${table.caption}</b>
          <span class="shown">${shownSentence(table, rows.length)}</span>
        </caption>
        <thead>
          <tr>
            ${columns.map((column) => heading(column))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, index) =>
              html`<tr>
                ${columns.map(({ cell }) => html`<td>${cell(row, index)}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </div>`
}

function heading<Row>({ heading, kind, note }: Column<Row>): Html {
  return html`<th scope="col" data-kind="${kind}" title="${note ?? heading}">${heading}</th>`
}

/** Classes that set whole columns: `n3` numbers in the third. One per table costs less than one per cell. */
function alignment<Row>(columns: readonly Column<Row>[]): string {
  const classes = columns.map(({ kind }, index) => {
    if (kind === 'number') return `n${index + 1}`
    if (kind === 'fixed') return `f${index + 1}`
    return kind === 'code' ? `c${index + 1}` : ''
  })
  const width = columns.length >= MANY_COLUMNS_MIN ? ['data', 'many'] : ['data']
  return [...width, ...classes.filter((name) => name !== '')].join(' ')
}

/** How many rows stand here of how many there are, and what paper leaves out. */
function shownSentence<Row>(table: Table<Row>, shown: number): Html {
  const total = table.totalCount ?? table.rows.length
  const all = counted(total, table.singular, table.plural)
  const which = table.order === undefined ? '' : `, ${table.order}`
  const said = shown < total ? `showing ${count(shown)} of ${all}${which}` : `${all}${which}`
  const printed =
    shown > PRINTED_ROW_COUNT_MAX
      ? `; on paper the first ${PRINTED_ROW_COUNT_MAX}, in this file every one`
      : ''
  return html`${said}<span class="on-paper">${printed}</span>`
}

/** A bar as long as `part` is of `whole`, for the eye; its number stands beside it. */
export function bar(part: number, whole: number): Html {
  const width = whole <= 0 ? 0 : Math.min(100, Math.round((part / whole) * 1000) / 10)
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${width}" height="8" />
  </svg>`
}

/** Two bars end to end, such as sent and received. */
export function twoBars(first: number, second: number, whole: number): Html {
  const scale = whole <= 0 ? 0 : 100 / whole
  const [a, b] = [Math.round(first * scale * 10) / 10, Math.round(second * scale * 10) / 10]
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${a}" height="8" />
    <rect class="second" x="${a}" width="${b}" height="8" />
  </svg>`
}

/** A window onto one table: filter, sort, cut out the rows asked for, and remember the last few answers. */

import type { ColumnFilter, SortOrder, TableView, TrafficFilter } from '../../contract/index.ts'
import type { ColumnTable } from './columns.ts'
import { applyColumnFilter, everyRow, keepContaining, passing, type RowMask } from './mask.ts'
import { rowNumbers, sortedRows } from './sort.ts'

/** A table that knows what the filter across pages means for it. */
export interface FilterableTable<Row> {
  readonly columns: ColumnTable<Row>
  readonly basis: 'capture' | 'matching-conversations'
  /** Narrows `mask` by the filter's time and chips; answers with the names of the parts that mean nothing here. */
  applyTraffic(mask: RowMask, filter: TrafficFilter): readonly string[]
}

export interface MatchingRows {
  readonly rows: Uint32Array
  readonly ignored: readonly string[]
  readonly sums: Readonly<Record<string, number>>
}

/** Sorted orders kept per table: each is four bytes a row. */
const keptOrdersMax = 6
/** Answers kept per table, so that scrolling costs nothing. */
const keptMatchesMax = 4

/** The views of one table. Not for a table that changes: a new result makes new views. */
export class TableViews<Row> {
  readonly table: FilterableTable<Row>
  readonly #orders = new Map<string, Uint32Array>()
  readonly #matches = new Map<string, MatchingRows>()

  constructor(table: FilterableTable<Row>) {
    this.table = table
  }

  /** Rows that pass `view`, in its order, with the sums of the columns that can be added up. */
  matching(view: Pick<TableView, 'filter' | 'columns' | 'sort'>): MatchingRows {
    const key = JSON.stringify([view.filter, view.columns, view.sort])
    return kept(this.#matches, key, keptMatchesMax, () => this.#match(view))
  }

  /** All rows in the order asked for, or in the table's own when it has no such column. */
  order(sort: SortOrder | null): { readonly rows: Uint32Array; readonly isKnown: boolean } {
    const { columns } = this.table
    if (sort === null) return { rows: this.#kept('', () => rowNumbers(columns.rowCount)), isKnown: true }
    const keys = sortKeys(columns, sort.column)
    if (keys === null) return { ...this.order(null), isKnown: false }
    const rows = this.#kept(`${sort.direction} ${sort.column}`, () =>
      sortedRows(this.order(null).rows, keys, sort.direction === 'descending'),
    )
    return { rows, isKnown: true }
  }

  #kept(key: string, make: () => Uint32Array): Uint32Array {
    return kept(this.#orders, key, keptOrdersMax, make)
  }

  #match(view: Pick<TableView, 'filter' | 'columns' | 'sort'>): MatchingRows {
    const { columns } = this.table
    const mask = everyRow(columns.rowCount)
    const ignored = [...this.table.applyTraffic(mask, view.filter)]
    keepContaining(mask, columns, view.filter.text)
    ignored.push(...view.columns.filter((filter) => !applyColumnFilter(mask, columns, filter)).map(nameOf))
    const order = this.order(view.sort)
    if (!order.isKnown) ignored.push('sort')
    const rows = passing(order.rows, mask)
    return { rows, ignored: [...new Set(ignored)], sums: sumsOf(columns, mask) }
  }
}

function nameOf(filter: ColumnFilter): string {
  return `column ${filter.column}`
}

/** Numbers as they are; texts by their place in natural order. */
function sortKeys<Row>(columns: ColumnTable<Row>, name: string): Float64Array | null {
  const numbers = columns.numbers(name)
  if (numbers !== null) return numbers
  const column = columns.texts(name)
  if (column === null) return null
  const ranks = column.pool.ranks()
  const keys = new Float64Array(columns.rowCount)
  for (let row = 0; row < keys.length; row++) keys[row] = ranks[column.ids[row]!]!
  return keys
}

/** Adds in the order of the rows, not of the sort: memory is then read in one sweep. */
function sumsOf<Row>(columns: ColumnTable<Row>, mask: RowMask): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const name of columns.summedColumns) {
    const keys = columns.numbers(name)
    if (keys === null) continue
    let sum = 0
    for (let row = 0; row < mask.length; row++) {
      const key = keys[row]!
      if (mask[row] === 1 && !Number.isNaN(key)) sum += key
    }
    sums[name] = sum
  }
  return sums
}

/** The value under `key`, made when it is not there; the one used longest ago makes room. */
function kept<V>(cache: Map<string, V>, key: string, countMax: number, make: () => V): V {
  const found = cache.get(key)
  const value = found ?? make()
  cache.delete(key)
  cache.set(key, value)
  if (cache.size > countMax) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest)
      break
    }
  }
  return value
}

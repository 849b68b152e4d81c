/** Which rows pass: one byte a row, narrowed condition by condition. */

import type { ColumnFilter } from '../../contract/index.ts'
import { type ColumnTable, poolFlags, type TextColumn } from './columns.ts'

/** 1 where a row still passes. */
export type RowMask = Uint8Array

export function everyRow(rowCount: number): RowMask {
  return new Uint8Array(rowCount).fill(1)
}

/** Keep rows whose text is flagged in its column's pool, or drop them. */
export function keepFlagged(mask: RowMask, column: TextColumn, flags: Uint8Array, isExcluded = false): void {
  const { ids } = column
  const wanted = isExcluded ? 0 : 1
  for (let row = 0; row < mask.length; row++) if (flags[ids[row]!] !== wanted) mask[row] = 0
}

/** Keep rows where either column's text is flagged, or drop them. */
export function keepFlaggedEither(
  mask: RowMask,
  one: TextColumn,
  other: TextColumn,
  flags: Uint8Array,
  isExcluded: boolean,
): void {
  for (let row = 0; row < mask.length; row++) {
    const holds = flags[one.ids[row]!] === 1 || flags[other.ids[row]!] === 1
    if (holds === isExcluded) mask[row] = 0
  }
}

/** Keep rows whose number lies between the limits; a missing number never does. */
export function keepBetween(mask: RowMask, keys: Float64Array, min: number | null, max: number | null): void {
  const low = min ?? Number.NEGATIVE_INFINITY
  const high = max ?? Number.POSITIVE_INFINITY
  for (let row = 0; row < mask.length; row++) {
    const key = keys[row]!
    if (!(key >= low && key <= high)) mask[row] = 0
  }
}

/** Keep rows that hold the text in any of their text columns, without regard to case. */
export function keepContaining<Row>(mask: RowMask, table: ColumnTable<Row>, text: string): void {
  const needle = text.trim().toLowerCase()
  if (needle === '') return
  const found = new Uint8Array(mask.length)
  for (const name of table.textColumns) {
    const column = table.texts(name)!
    const lower = column.pool.lowerCase()
    const flags = poolFlags(column.pool, (id) => lower[id]!.includes(needle))
    for (let row = 0; row < mask.length; row++) found[row] = found[row]! | flags[column.ids[row]!]!
  }
  for (let row = 0; row < mask.length; row++) mask[row] = mask[row]! & found[row]!
}

/** Apply a filter of one column. False when the table has no such column, or not of that kind. */
export function applyColumnFilter<Row>(
  mask: RowMask,
  table: ColumnTable<Row>,
  filter: ColumnFilter,
): boolean {
  if (filter.kind === 'between') {
    const keys = table.numbers(filter.column)
    if (keys === null) return false
    keepBetween(mask, keys, filter.min, filter.max)
    return true
  }
  const column = table.texts(filter.column)
  if (column === null) return false
  const lower = column.pool.lowerCase()
  if (filter.kind === 'contains') {
    const needle = filter.text.trim().toLowerCase()
    if (needle === '') return true
    const flags = poolFlags(column.pool, (id) => lower[id]!.includes(needle))
    keepFlagged(mask, column, flags)
    return true
  }
  const wanted = new Set(filter.values.map((value) => value.toLowerCase()))
  if (wanted.size === 0) return true
  const flags = poolFlags(column.pool, (id) => wanted.has(lower[id]!))
  // An empty text asks for rows without a value.
  if (wanted.has('')) flags[0] = 1
  keepFlagged(mask, column, flags, filter.isExcluded)
  return true
}

/** Rows that pass, in the order of `order`. */
export function passing(order: Uint32Array, mask: RowMask): Uint32Array {
  const rows = new Uint32Array(order.length)
  let count = 0
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!
    if (mask[row] === 1) rows[count++] = row
  }
  return rows.slice(0, count)
}

/** How a person arranged one table: sorting, column filters, widths and hidden columns. Kept while the window is open. */

import { shallowRef, type ShallowRef } from 'vue'
import type { ColumnFilter, SortOrder } from '../../contract/index.ts'

export interface TableState {
  readonly sort: ShallowRef<SortOrder | null>
  readonly filters: ShallowRef<readonly ColumnFilter[]>
  readonly widths: ShallowRef<Readonly<Record<string, number>>>
  /** Columns shown or hidden against their default. */
  readonly visible: ShallowRef<Readonly<Record<string, boolean>>>
}

const kept = new Map<string, TableState>()

/** The same state for the same `name` each time. */
export function useTableState(name: string, sort: SortOrder | null = null): TableState {
  const known = kept.get(name)
  if (known !== undefined) return known
  const state = {
    sort: shallowRef(sort),
    filters: shallowRef<readonly ColumnFilter[]>([]),
    widths: shallowRef({}),
    visible: shallowRef({}),
  }
  kept.set(name, state)
  return state
}

export function withoutColumn(filters: readonly ColumnFilter[], column: string): ColumnFilter[] {
  return filters.filter((filter) => filter.column !== column)
}

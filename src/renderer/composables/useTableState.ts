/** How a person arranged one table: sorting, column filters, widths and hidden columns. Kept while the window is open. */

import { shallowRef, type ShallowRef } from 'vue'
import type { ColumnFilter, SortOrder } from '../../contract/index.ts'

export interface TableState {
  readonly sort: Readonly<ShallowRef<SortOrder | null>>
  readonly filters: Readonly<ShallowRef<readonly ColumnFilter[]>>
  readonly widths: Readonly<ShallowRef<Readonly<Record<string, number>>>>
  /** Columns shown or hidden against their default. */
  readonly visible: Readonly<ShallowRef<Readonly<Record<string, boolean>>>>
  setSort: (sort: SortOrder | null) => void
  /** Null takes the column's filter away. */
  narrow: (column: string, filter: ColumnFilter | null) => void
  clearFilters: () => void
  resize: (column: string, width: number) => void
  show: (column: string, isVisible: boolean) => void
  /** Back to how the table was first shown. */
  reset: () => void
}

const widthMin = 48
const kept = new Map<string, TableState>()

/** The same state for the same `name` each time. */
export function useTableState(name: string, firstSort: SortOrder | null = null): TableState {
  const known = kept.get(name)
  if (known !== undefined) return known
  const state = createTableState(firstSort)
  kept.set(name, state)
  return state
}

/** The state of a table that has been shown; undefined before. */
export function tableStateOf(name: string): TableState | undefined {
  return kept.get(name)
}

export function createTableState(firstSort: SortOrder | null): TableState {
  const sort = shallowRef(firstSort)
  const filters = shallowRef<readonly ColumnFilter[]>([])
  const widths = shallowRef<Readonly<Record<string, number>>>({})
  const visible = shallowRef<Readonly<Record<string, boolean>>>({})
  return {
    sort,
    filters,
    widths,
    visible,
    setSort(next) {
      sort.value = next
    },
    narrow(column, filter) {
      const others = filters.value.filter((one) => one.column !== column)
      filters.value = filter === null ? others : [...others, filter]
    },
    clearFilters() {
      filters.value = []
    },
    resize(column, width) {
      widths.value = { ...widths.value, [column]: Math.max(widthMin, Math.round(width)) }
    },
    show(column, isVisible) {
      visible.value = { ...visible.value, [column]: isVisible }
    },
    reset() {
      sort.value = firstSort
      filters.value = []
      widths.value = {}
      visible.value = {}
    },
  }
}

/** What the window shows: page, tab, item and filter. Each change is a step of the browser's history, so back goes back. */

import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import {
  type ChipField,
  emptyFilter,
  type FilterChip,
  isEmptyFilter,
  trafficFilter,
  type TrafficFilter,
} from '../../contract/index.ts'

export const pages = [
  'start',
  'analysing',
  'overview',
  'conversations',
  'scanners',
  'findings',
  'capture',
  'settings',
] as const
export type PageName = (typeof pages)[number]

export interface View {
  readonly page: PageName
  /** Part of the page: which table, which list. Null for its first. */
  readonly tab: string | null
  /** What is opened on it: a scanner's address, a finding's id. */
  readonly item: string | null
  readonly filter: TrafficFilter
}

export interface UseViewReturn {
  readonly view: Readonly<ShallowRef<View>>
  readonly filter: ComputedRef<TrafficFilter>
  readonly isFiltered: ComputedRef<boolean>
  go: (page: PageName, more?: { readonly tab?: string | null; readonly item?: string | null }) => void
  /** Like `go`, without a step to come back to. */
  swap: (page: PageName) => void
  setFilter: (filter: TrafficFilter) => void
  setTime: (range: TrafficFilter['time']) => void
  setText: (text: string) => void
  /** `only` puts an include in place of all other chips. */
  addChip: (field: ChipField, value: string, mode: 'include' | 'exclude' | 'only') => void
  removeChip: (place: number, value?: string) => void
  flipChip: (place: number) => void
  clearFilter: () => void
  back: () => void
  forward: () => void
}

/** As much of the window's history as is needed. */
export interface ViewHistory {
  readonly state: unknown
  pushState: (state: unknown, unused: string, url?: string) => void
  replaceState: (state: unknown, unused: string, url?: string) => void
  back: () => void
  forward: () => void
}

const first: View = { page: 'start', tab: null, item: null, filter: emptyFilter }

/** History entries outlive the program's versions: anything that is no view is the first view. */
function viewFrom(state: unknown): View {
  if (typeof state !== 'object' || state === null) return first
  const { page, tab, item, filter } = state as Partial<Record<keyof View, unknown>>
  const known = pages.find((name) => name === page)
  if (known === undefined || trafficFilter.problem(filter, 'filter') !== null) return first
  return {
    page: known,
    tab: typeof tab === 'string' ? tab : null,
    item: typeof item === 'string' ? item : null,
    filter: filter as TrafficFilter,
  }
}

/** Chips of one field and one mode are one chip with several values. */
export function withChip(
  chips: readonly FilterChip[],
  field: ChipField,
  value: string,
  mode: FilterChip['mode'],
): FilterChip[] {
  const others = chips
    .map((chip) =>
      // The same value included and excluded lets nothing through: the later wish holds.
      chip.field === field && chip.mode !== mode
        ? { ...chip, values: chip.values.filter((one) => one !== value) }
        : chip,
    )
    .filter((chip) => chip.values.length > 0)
  const place = others.findIndex((chip) => chip.field === field && chip.mode === mode)
  const same = others[place]
  if (same === undefined) return [...others, { field, mode, values: [value] }]
  if (same.values.includes(value)) return others
  return others.toSpliced(place, 1, { ...same, values: [...same.values, value] })
}

export function useView(history: ViewHistory = window.history, target: EventTarget = window): UseViewReturn {
  const view = shallowRef<View>(viewFrom(history.state))
  const filter = computed(() => view.value.filter)

  const show = (next: View, isStep: boolean): void => {
    const url = `#/${next.page}${next.tab === null ? '' : `/${next.tab}`}`
    // Not the item: it is text from a packet, and history would keep it beyond the session.
    if (isStep) history.pushState({ ...next }, '', url)
    else history.replaceState({ ...next }, '', url)
    view.value = next
  }
  const onPop = (event: Event): void => {
    view.value = viewFrom((event as PopStateEvent).state)
  }
  target.addEventListener('popstate', onPop)
  onScopeDispose(() => target.removeEventListener('popstate', onPop))

  const setFilter = (next: TrafficFilter): void => {
    if (JSON.stringify(next) !== JSON.stringify(view.value.filter))
      show({ ...view.value, filter: next }, true)
  }
  const setChips = (chips: readonly FilterChip[]): void => setFilter({ ...view.value.filter, chips })

  return {
    view,
    filter,
    isFiltered: computed(() => !isEmptyFilter(filter.value)),
    go(page, more = {}) {
      const next = { page, tab: more.tab ?? null, item: more.item ?? null, filter: view.value.filter }
      if (JSON.stringify(next) !== JSON.stringify(view.value)) show(next, true)
    },
    swap: (page) => show({ page, tab: null, item: null, filter: view.value.filter }, false),
    setFilter,
    setTime: (time) => setFilter({ ...view.value.filter, time }),
    setText: (text) => setFilter({ ...view.value.filter, text: text.slice(0, 200) }),
    addChip(field, value, mode) {
      const chips = view.value.filter.chips
      setChips(
        mode === 'only' ? [{ field, mode: 'include', values: [value] }] : withChip(chips, field, value, mode),
      )
    },
    removeChip(place, value) {
      const chips = view.value.filter.chips
      const chip = chips[place]
      if (chip === undefined) return
      const values = value === undefined ? [] : chip.values.filter((one) => one !== value)
      setChips(
        values.length === 0 ? chips.toSpliced(place, 1) : chips.toSpliced(place, 1, { ...chip, values }),
      )
    },
    flipChip(place) {
      const chips = view.value.filter.chips
      const chip = chips[place]
      if (chip === undefined) return
      setChips(chips.toSpliced(place, 1, { ...chip, mode: chip.mode === 'include' ? 'exclude' : 'include' }))
    },
    clearFilter: () => setFilter(emptyFilter),
    back: () => history.back(),
    forward: () => history.forward(),
  }
}

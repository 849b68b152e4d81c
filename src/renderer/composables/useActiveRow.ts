/** The row of a table that keys are about: arrows move it, Enter opens it, Ctrl C copies it, the menu key opens its menu. */

import { computed, nextTick, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { MenuEntry } from '../components/menu-entry.ts'
import { useCopy } from './useCopy.ts'
import { usePointMenu } from './usePointMenu.ts'
import type { UseVirtualScrollReturn } from './useVirtualScroll.ts'

/** What the keys need to know of the table they are pressed in. */
export interface ActiveRowTable<Row> {
  readonly viewport: Readonly<ShallowRef<HTMLElement | null>>
  readonly scroll: Pick<UseVirtualScrollReturn, 'range' | 'showRow' | 'pageRows'>
  readonly rowCount: () => number
  /** Changes with the question the rows answer. */
  readonly question: () => unknown
  /** Undefined while it is on its way. */
  readonly rowAt: (place: number) => Row | undefined
  readonly elementId: (place: number) => string
  readonly titleOf: (row: Row) => string
  /** As copied: the cells that are shown. */
  readonly textOf: (row: Row) => string
  readonly menuOf: (row: Row) => readonly MenuEntry[]
  readonly open: (row: Row) => void
}

export interface UseActiveRowReturn {
  readonly active: ShallowRef<number>
  readonly hasFocus: ShallowRef<boolean>
  /** Of the active row's element; undefined while that is not on the page. */
  readonly activeId: ComputedRef<string | undefined>
  openRow: (place: number) => void
  openMenu: (place: number, at: Event | HTMLElement) => void
  onKey: (event: KeyboardEvent) => void
  onContextMenu: (event: MouseEvent) => void
}

export function useActiveRow<Row>(table: ActiveRowTable<Row>): UseActiveRowReturn {
  const { viewport, scroll, rowCount, rowAt, elementId } = table
  const copy = useCopy()
  const pointMenu = usePointMenu()
  const active = shallowRef(0)
  const hasFocus = shallowRef(false)
  const lastPlace = (): number => Math.max(0, rowCount() - 1)

  watch([table.question, rowCount], () => {
    active.value = Math.min(active.value, lastPlace())
  })

  function moveTo(place: number): void {
    active.value = Math.min(Math.max(0, place), lastPlace())
    scroll.showRow(active.value)
  }

  const copyRow = (row: Row): void => void copy(table.textOf(row), 'the row')

  function openMenu(place: number, at: Event | HTMLElement): void {
    const row = rowAt(place)
    if (row === undefined) return
    active.value = place
    const copyEntry: MenuEntry = { label: 'Copy row', key: 'Ctrl C', run: () => copyRow(row), group: '' }
    pointMenu.open(table.titleOf(row), [...table.menuOf(row), copyEntry], at)
  }

  async function openMenuOfActive(): Promise<void> {
    scroll.showRow(active.value)
    await nextTick()
    const element = document.getElementById(elementId(active.value))
    if (element !== null) openMenu(active.value, element)
  }

  function openRow(place: number): void {
    const row = rowAt(place)
    if (row !== undefined) table.open(row)
  }

  function onContextMenu(event: MouseEvent): void {
    event.preventDefault()
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null
    const isKey = event.clientX === 0 && event.clientY === 0
    viewport.value?.focus({ preventScroll: true })
    if (target !== null) openMenu(Number(target.dataset['place']), event)
    else if (isKey || event.button !== 2) void openMenuOfActive()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.target !== viewport.value) return
    const page = scroll.pageRows.value
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active.value + 1,
      ArrowUp: active.value - 1,
      PageDown: active.value + page,
      PageUp: active.value - page,
      Home: 0,
      End: lastPlace(),
    }
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c'
    const row = rowAt(active.value)
    if (event.key in moves && !event.altKey) moveTo(moves[event.key]!)
    else if (event.key === 'Enter') openRow(active.value)
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) void openMenuOfActive()
    else if (isCopy && row !== undefined && getSelection()?.toString() === '') copyRow(row)
    else return
    event.preventDefault()
  }

  return {
    active,
    hasFocus,
    activeId: computed(() => {
      const { first, end } = scroll.range.value
      return active.value >= first && active.value < end ? elementId(active.value) : undefined
    }),
    openRow,
    openMenu,
    onKey,
    onContextMenu,
  }
}

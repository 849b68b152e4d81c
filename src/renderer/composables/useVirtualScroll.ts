/** Which rows of a long table are in view, and where to draw them. Rows are equally high. */

import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { type RowRange, rowsInView, rowsInViewMax, scrollScale, topShowing } from '../format/scroll-scale.ts'

export interface UseVirtualScrollReturn {
  readonly height: ComputedRef<number>
  readonly range: ComputedRef<RowRange>
  /** Distance of the slice, which holds the rows in view, from the top of the scrolled element. */
  readonly sliceY: ComputedRef<number>
  /** Distance of a row from the top of the slice; stays the same over many rows of scrolling. */
  yInSlice: (row: number) => number
  /** At least as many as there are ever rows in view: row `n` can be drawn in slot `n % slotCount`. */
  readonly slotCount: ComputedRef<number>
  showRow: (row: number) => void
  readonly pageRows: ComputedRef<number>
}

const extraRows = 6
/** Rows of the table between two places where the slice may begin. */
const sliceRows = 512

export function useVirtualScroll(
  viewport: Readonly<ShallowRef<HTMLElement | null>>,
  rowHeight: () => number,
  rowCount: () => number,
  headHeight: () => number,
): UseVirtualScrollReturn {
  const viewportHeight = shallowRef(400)
  /** The table's own top edge above the viewport's, in pixels of the table. */
  const top = shallowRef(0)
  /** Where the scroll bar was put last, to know our own moves from the person's. */
  let placedAt = 0

  const scale = computed(() => scrollScale(rowCount(), rowHeight(), viewportHeight.value))
  const topMax = (): number => Math.max(0, rowCount() * rowHeight() - viewportHeight.value)

  function moveTo(next: number): void {
    const element = viewport.value
    top.value = Math.min(Math.max(0, next), topMax())
    if (element === null) return
    placedAt = top.value / scale.value.factor
    element.scrollTop = placedAt
  }

  function onScroll(): void {
    const element = viewport.value
    if (element === null) return
    // The scroll bar moves in whole device pixels, each of which may stand for several rows.
    if (scale.value.factor > 1 && Math.abs(element.scrollTop - placedAt) < 1.5) return
    placedAt = element.scrollTop
    top.value = element.scrollTop * scale.value.factor
  }

  /** Above the ceiling a turn of the wheel would jump over rows. */
  function onWheel(event: WheelEvent): void {
    if (scale.value.factor === 1 || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    moveTo(top.value + event.deltaY * (event.deltaMode === 1 ? rowHeight() : 1))
  }

  let observer: ResizeObserver | null = null
  watch(viewport, (element, before) => {
    observer?.disconnect()
    before?.removeEventListener('scroll', onScroll)
    before?.removeEventListener('wheel', onWheel)
    if (element === null) return
    observer = new ResizeObserver(() => {
      viewportHeight.value = Math.max(40, element.clientHeight - headHeight())
    })
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('wheel', onWheel, { passive: false })
  })
  onScopeDispose(() => observer?.disconnect())
  watch(rowCount, () => {
    if (top.value > topMax()) moveTo(topMax())
  })

  const range = computed(() =>
    rowsInView(top.value, viewportHeight.value, rowHeight(), rowCount(), extraRows),
  )
  const sliceStart = computed(() => Math.floor(range.value.first / sliceRows) * sliceRows)
  return {
    height: computed(() => scale.value.height),
    range,
    sliceY: computed(() => {
      const { factor } = scale.value
      const y = sliceStart.value * rowHeight()
      return factor === 1 ? y : y - top.value + top.value / factor
    }),
    yInSlice: (row) => (row - sliceStart.value) * rowHeight(),
    slotCount: computed(() => rowsInViewMax(viewportHeight.value, rowHeight(), extraRows)),
    showRow: (row) => moveTo(topShowing(row, top.value, viewportHeight.value, rowHeight())),
    pageRows: computed(() => Math.max(1, Math.floor(viewportHeight.value / rowHeight()) - 1)),
  }
}

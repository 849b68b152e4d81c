/** The rows of one table that are on the screen, fetched in blocks as they are scrolled to; the rest stays in the engine. */

import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Host, HostError, RowOf, RowWindowOf, TableName, TableView } from '../../contract/index.ts'

/** Rows asked for at once: two or three screens. */
export const blockRows = 120
/** Blocks kept; those shown longest ago go first. */
const blocksMax = 24

export interface UseRowsReturn<T extends TableName> {
  readonly matchCount: ComputedRef<number>
  readonly totalCount: ComputedRef<number>
  /** What the latest answer said beside its rows; null before the first. */
  readonly window: Readonly<ShallowRef<RowWindowOf<T> | null>>
  readonly error: Readonly<ShallowRef<HostError | null>>
  readonly isLoading: Readonly<ShallowRef<boolean>>
  /** Changes whenever rows came. */
  readonly version: Readonly<ShallowRef<number>>
  /** Undefined while it is on its way. */
  rowAt: (place: number) => RowOf<T> | undefined
  /** Says which rows are in view, `end` excluded; asks for those that are missing. */
  show: (first: number, end: number) => void
  askAgain: () => void
}

export function useRows<T extends TableName>(
  host: Host,
  analysisId: () => string | null,
  view: () => TableView & { readonly table: T },
  revision: () => number,
): UseRowsReturn<T> {
  const window: ShallowRef<RowWindowOf<T> | null> = shallowRef(null)
  const error = shallowRef<HostError | null>(null)
  const isLoading = shallowRef(false)
  const version = shallowRef(0)

  let blocks = new Map<number, readonly RowOf<T>[]>()
  /** Blocks of the question before: shown until the first answer to this one, so that nothing flickers. */
  let isStale = false
  let shown = { first: 0, end: blockRows }
  let running: AbortController | null = null

  function missingBlock(): number | null {
    const last = Math.max(shown.first, shown.end - 1)
    for (let block = Math.floor(shown.first / blockRows); block <= Math.floor(last / blockRows); block++) {
      if (isStale || !blocks.has(block)) return block
    }
    return null
  }

  async function fetchMissing(): Promise<void> {
    const id = analysisId()
    if (id === null || running !== null) return
    const block = missingBlock()
    if (block === null) return
    const own = new AbortController()
    running = own
    isLoading.value = true
    const outcome = await host.call(
      'rows',
      { analysisId: id, view: view(), offset: block * blockRows, limit: blockRows },
      { signal: own.signal },
    )
    if (running !== own) return
    running = null
    isLoading.value = false
    if (!outcome.ok) {
      error.value = outcome.error
      return
    }
    error.value = null
    const answer = outcome.value as RowWindowOf<T>
    if (isStale) blocks = new Map()
    isStale = false
    blocks.delete(block)
    blocks.set(block, answer.rows as unknown as readonly RowOf<T>[])
    for (const old of blocks.keys()) {
      if (blocks.size <= blocksMax) break
      blocks.delete(old)
    }
    window.value = answer
    version.value++
    // A shorter table than before: what is in view may lie beyond its end.
    if (answer.matchCount > 0 && shown.first >= answer.matchCount) {
      shown = { first: Math.max(0, answer.matchCount - blockRows), end: answer.matchCount }
    }
    if (shown.end > answer.matchCount) shown = { ...shown, end: Math.max(shown.first, answer.matchCount) }
    void fetchMissing()
  }

  function askAgain(): void {
    running?.abort()
    running = null
    isStale = true
    if (analysisId() === null) {
      blocks = new Map()
      window.value = null
      version.value++
      return
    }
    if (shown.end <= shown.first) shown = { first: shown.first, end: shown.first + blockRows }
    void fetchMissing()
  }

  watch([() => JSON.stringify(view()), analysisId, revision], askAgain, { immediate: true })
  onScopeDispose(() => running?.abort())

  return {
    matchCount: computed(() => window.value?.matchCount ?? 0),
    totalCount: computed(() => window.value?.totalCount ?? 0),
    window,
    error,
    isLoading,
    version,
    rowAt: (place) => blocks.get(Math.floor(place / blockRows))?.[place % blockRows],
    show(first, end) {
      shown = { first, end }
      void fetchMissing()
    },
    askAgain,
  }
}

/** Opening captures: by the system's dialog, from a folder listing, dropped, recent or a sample. Reading starts at once. */

import { shallowRef, type ShallowRef } from 'vue'
import type { Host, HostFacts, OpenedAnalysis } from '../../contract/index.ts'
import type { UseAnalysisReturn } from './useAnalysis.ts'
import type { UseNoticesReturn } from './useNotices.ts'
import type { UseViewReturn } from './useView.ts'

export interface UseOpeningReturn {
  /** Something is being registered or opened. */
  readonly isOpening: Readonly<ShallowRef<boolean>>
  /** Goes up when the list of recent captures changed. */
  readonly recentRevision: ShallowRef<number>
  /** True while the page's own list of folders is to be shown (browser). */
  readonly isBrowsing: ShallowRef<boolean>
  /** The system's dialog on the desktop, the list of folders in a browser. */
  choose: () => Promise<void>
  openIds: (ids: readonly string[], inNewWindow?: boolean) => Promise<void>
  openFiles: (files: readonly File[]) => Promise<void>
  show: (opened: OpenedAnalysis) => Promise<void>
}

export function useOpening(
  host: Host,
  facts: () => HostFacts | null,
  analysis: UseAnalysisReturn,
  view: UseViewReturn,
  notices: UseNoticesReturn,
): UseOpeningReturn {
  const isOpening = shallowRef(false)
  const recentRevision = shallowRef(0)
  const isBrowsing = shallowRef(false)

  async function show(opened: OpenedAnalysis): Promise<void> {
    isBrowsing.value = false
    view.clearFilter()
    view.go('analysing')
    await analysis.read(opened)
    recentRevision.value++
    const { state } = analysis
    // Another capture may have been opened meanwhile, or the person may have gone to another page.
    const isShown =
      state.value.opened?.analysisId === opened.analysisId && view.view.value.page === 'analysing'
    if (isShown && state.value.phase === 'done' && state.value.error === null) view.swap('overview')
  }

  async function openIds(ids: readonly string[], inNewWindow = false): Promise<void> {
    if (ids.length === 0) return
    isOpening.value = true
    const outcome = await host.call('openCaptures', { ids: [...ids], inNewWindow })
    isOpening.value = false
    if (!outcome.ok) notices.tellError(outcome.error)
    else if (outcome.value !== null) await show(outcome.value)
  }

  return {
    isOpening,
    recentRevision,
    isBrowsing,
    show,
    openIds,
    async choose() {
      if (facts()?.opensBy === 'folders') {
        view.go('start')
        isBrowsing.value = true
        return
      }
      const outcome = await host.call('chooseCaptures', {})
      if (!outcome.ok) notices.tellError(outcome.error)
      else await openIds(outcome.value.map((choice) => choice.id))
    },
    async openFiles(files) {
      if (files.length === 0) return
      isOpening.value = true
      const outcome = await host.registerFiles(files)
      isOpening.value = false
      if (!outcome.ok) notices.tellError(outcome.error)
      else await openIds(outcome.value.map((choice) => choice.id))
    },
  }
}

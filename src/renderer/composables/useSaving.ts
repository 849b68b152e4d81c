/** Saving the report, the summary or a table: the desktop writes a file, a browser downloads it. */

import { shallowRef, type ShallowRef } from 'vue'
import type { Host, SaveRequest } from '../../contract/index.ts'
import { bytesText } from '../format/figures.ts'
import type { UseNoticesReturn } from './useNotices.ts'

export interface UseSavingReturn {
  readonly isSaving: Readonly<ShallowRef<boolean>>
  save: (request: SaveRequest) => Promise<void>
}

function download(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

export function useSaving(
  host: Host,
  notices: UseNoticesReturn,
  canShow: () => boolean,
  fetchFile: (url: string, name: string) => void = download,
): UseSavingReturn {
  const isSaving = shallowRef(false)
  return {
    isSaving,
    async save(request) {
      if (isSaving.value) return
      isSaving.value = true
      const outcome = await host.call('save', request)
      isSaving.value = false
      if (!outcome.ok) {
        notices.tellError(outcome.error)
        return
      }
      const saved = outcome.value
      if (saved.kind === 'dismissed') return
      if (saved.kind === 'download') {
        fetchFile(saved.url, saved.name)
        notices.tell('info', `Saved ${saved.name} (${bytesText(saved.byteCount, 'si')}) with your downloads.`)
        return
      }
      const { path } = saved
      const action = canShow()
        ? { label: 'Show in folder', run: () => void host.call('showSaved', { path }) }
        : null
      notices.tell('info', `Saved ${path} (${bytesText(saved.byteCount, 'si')}).`, { action })
    },
  }
}

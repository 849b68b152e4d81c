/** Short messages to the person: what was saved, what failed. Those that say no error go by themselves. */

import { shallowRef, type ShallowRef } from 'vue'
import type { HostError } from '../../contract/index.ts'
import { errorWords } from '../words/error-words.ts'

export interface Notice {
  readonly id: number
  readonly severity: 'info' | 'warning' | 'error'
  readonly message: string
  readonly advice: string
  readonly action: { readonly label: string; readonly run: () => void } | null
}

export interface UseNoticesReturn {
  readonly notices: Readonly<ShallowRef<readonly Notice[]>>
  tell: (
    severity: Notice['severity'],
    message: string,
    more?: { readonly advice?: string; readonly action?: Notice['action'] },
  ) => void
  tellError: (error: HostError) => void
  dismiss: (id: number) => void
}

const shownMs = 6000
const shownMax = 4

export function useNotices(later: (run: () => void, ms: number) => void = setTimeout): UseNoticesReturn {
  const notices = shallowRef<readonly Notice[]>([])
  let nextId = 1

  const dismiss = (id: number): void => {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  const tell: UseNoticesReturn['tell'] = (severity, message, more = {}) => {
    const id = nextId++
    const notice = { id, severity, message, advice: more.advice ?? '', action: more.action ?? null }
    notices.value = [...notices.value.filter((one) => one.message !== message), notice].slice(-shownMax)
    if (severity === 'info') later(() => dismiss(id), shownMs)
  }
  return {
    notices,
    tell,
    dismiss,
    tellError(error) {
      if (error.kind === 'cancelled') return
      const { title, next } = errorWords[error.kind]
      const file =
        error.file === null
          ? ''
          : ` (${error.file}${error.byteOffset === null ? '' : `, byte ${error.byteOffset}`})`
      tell('error', `${title}${file}: ${error.message}`, { advice: error.advice || next })
    },
  }
}

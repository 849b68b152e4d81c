/** The person's settings, kept by the host. A change shows at once and is taken back when the host refuses it. */

import { computed, onScopeDispose, shallowRef, watchEffect, type ComputedRef, type ShallowRef } from 'vue'
import {
  defaultSettings,
  type Host,
  type HostError,
  type Settings,
  type SettingsChange,
} from '../../contract/index.ts'

export interface UseSettingsReturn {
  readonly settings: Readonly<ShallowRef<Settings>>
  /** What the system wants where the setting says `system`. */
  readonly systemIsDark: ShallowRef<boolean>
  /** Whether light ink stands on dark ground now: never on paper. */
  readonly isDark: ComputedRef<boolean>
  load: () => Promise<void>
  change: (change: SettingsChange) => Promise<void>
  reset: () => Promise<void>
  /** Another window changed them. */
  take: (settings: Settings) => void
}

export function useSettings(
  host: Host,
  onError: (error: HostError) => void,
  root: HTMLElement = document.documentElement,
  preference: MediaQueryList = matchMedia('(prefers-color-scheme: dark)'),
  paper: MediaQueryList = matchMedia('print'),
): UseSettingsReturn {
  const settings = shallowRef<Settings>(defaultSettings)
  const systemIsDark = shallowRef(preference.matches)
  const onChange = (event: { readonly matches: boolean }): void => {
    systemIsDark.value = event.matches
  }
  const isOnPaper = shallowRef(paper.matches)
  const onPaperChange = (event: { readonly matches: boolean }): void => {
    isOnPaper.value = event.matches
  }
  preference.addEventListener('change', onChange)
  paper.addEventListener('change', onPaperChange)
  onScopeDispose(() => {
    preference.removeEventListener('change', onChange)
    paper.removeEventListener('change', onPaperChange)
  })

  const isDark = computed(() => {
    const { theme } = settings.value
    return !isOnPaper.value && (theme === 'dark' || (theme === 'system' && systemIsDark.value))
  })
  watchEffect(() => {
    root.dataset['theme'] = isDark.value ? 'dark' : 'light'
    root.dataset['density'] = settings.value.density
  })

  return {
    settings,
    systemIsDark,
    isDark,
    async load() {
      const outcome = await host.call('settings', {})
      if (outcome.ok) settings.value = outcome.value
      else onError(outcome.error)
    },
    async change(change) {
      const before = settings.value
      settings.value = { ...before, ...change }
      const outcome = await host.call('setSettings', { change })
      if (outcome.ok) {
        settings.value = outcome.value
      } else {
        settings.value = before
        onError(outcome.error)
      }
    },
    async reset() {
      const outcome = await host.call('resetSettings', {})
      if (outcome.ok) settings.value = outcome.value
      else onError(outcome.error)
    },
    take(next) {
      settings.value = next
    },
  }
}

/** The person's settings, kept by the host. A change shows at once and is taken back when the host refuses it. */

import { onScopeDispose, shallowRef, watchEffect, type ShallowRef } from 'vue'
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
): UseSettingsReturn {
  const settings = shallowRef<Settings>(defaultSettings)
  const systemIsDark = shallowRef(preference.matches)
  const onChange = (event: { readonly matches: boolean }): void => {
    systemIsDark.value = event.matches
  }
  preference.addEventListener('change', onChange)
  onScopeDispose(() => preference.removeEventListener('change', onChange))

  watchEffect(() => {
    const { theme, density } = settings.value
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.value)
    root.dataset['theme'] = isDark ? 'dark' : 'light'
    root.dataset['density'] = density
  })

  return {
    settings,
    systemIsDark,
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

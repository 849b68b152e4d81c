/** The colours of the style sheet as charts need them: text, read again whenever the theme changes. */

import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue'
import { useApp } from '../app-context.ts'

const names = [
  'panel',
  'sunken',
  'raised',
  'line',
  'line-strong',
  'ink',
  'quiet',
  'accent',
  'critical',
  'high',
  'medium',
  'low',
  's0',
  's1',
  's2',
  's3',
  's4',
  's5',
  's6',
  'open',
  'refused',
  'filtered',
  'silent',
  'unknown',
  'heat',
  'font',
] as const
export type ChartTheme = Readonly<Record<(typeof names)[number], string>>

export function useChartTheme(): ComputedRef<ChartTheme> {
  const { settings } = useApp()
  const changes = shallowRef(0)
  watch(settings.isDark, async () => {
    // The attribute that the colours hang on is set by another watcher of the same change.
    await nextTick()
    changes.value++
  })
  return computed(() => {
    // Read for its change alone.
    if (changes.value < 0) return {} as Record<(typeof names)[number], string>
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(
      names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    ) as Record<(typeof names)[number], string>
  })
}

/** Series by place in the stack, `other` always grey. */
export function seriesColour(theme: ChartTheme, place: number): string {
  const colours = [theme.s1, theme.s2, theme.s3, theme.s4, theme.s5, theme.s6]
  return colours[place] ?? theme.s0
}

/** `#rrggbb` with an alpha from 0 to 1. */
export function faded(colour: string, alpha: number): string {
  return `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`
}

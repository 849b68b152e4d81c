/** Seconds of the clock where the capture's time axis is zero, so that ticks fall on whole seconds, minutes and days. */

import { computed, type ComputedRef } from 'vue'
import { useApp } from '../app-context.ts'
import { exactMoment } from '../format/moment.ts'

export function useClockPhase(): ComputedRef<number> {
  const { analysis, settings } = useApp()
  return computed(() => {
    const first = analysis.head.value?.capture.firstTimestamp ?? null
    const zone = settings.settings.value.timeZone
    if (first === null || zone === 'relative') return 0
    const { seconds, nanoseconds } = exactMoment(first)
    // Local midnight is not UTC's.
    const offset = zone === 'local' ? -new Date(seconds * 1000).getTimezoneOffset() * 60 : 0
    // Only its place within a day matters, and small numbers keep the nanoseconds.
    const whole = (seconds + (Number.isFinite(offset) ? offset : 0)) % 86_400
    return whole + nanoseconds / 1e9
  })
}

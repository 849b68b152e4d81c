/** The formats of `format/` with the person's units, time zone and the capture's beginning filled in. */

import { computed, type ComputedRef } from 'vue'
import { useApp } from '../app-context.ts'
import { bytesText, countText, exactBytesText, rateText, shareText } from '../format/figures.ts'
import { momentAfter, momentText, spanText, tickText, zoneText } from '../format/moment.ts'

export interface UseFormatReturn {
  readonly count: (count: number) => string
  readonly bytes: (byteCount: number) => string
  readonly exactBytes: (byteCount: number) => string
  readonly rate: (bytesPerSecond: number) => string
  readonly share: (share: number) => string
  readonly span: (seconds: number) => string
  /** A timestamp of the summary. */
  readonly moment: (timestamp: string | null, digits?: number) => string
  /** Seconds since the capture began, as a moment. */
  readonly offset: (seconds: number, digits?: number) => string
  readonly tick: (seconds: number, stepSeconds: number) => string
  readonly zone: ComputedRef<string>
}

export function useFormat(): UseFormatReturn {
  const { settings, analysis } = useApp()
  const set = settings.settings
  const first = computed(() => analysis.head.value?.capture.firstTimestamp ?? null)
  const moment = (timestamp: string | null, digits = 6): string =>
    momentText(timestamp, set.value.timeZone, first.value, digits)
  return {
    count: countText,
    bytes: (byteCount) => bytesText(byteCount, set.value.byteUnits),
    exactBytes: exactBytesText,
    rate: (bytesPerSecond) => rateText(bytesPerSecond, set.value.rateUnit, set.value.byteUnits),
    share: shareText,
    span: spanText,
    moment,
    offset: (seconds, digits) =>
      first.value === null ? `+${spanText(seconds)}` : moment(momentAfter(first.value, seconds), digits),
    tick: (seconds, stepSeconds) => tickText(seconds, stepSeconds, set.value.timeZone, first.value),
    zone: computed(() => zoneText(set.value.timeZone, first.value)),
  }
}

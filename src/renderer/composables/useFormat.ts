/** The formats of `format/` with the person's units, time zone and the capture's beginning filled in. */

import { computed, type ComputedRef } from 'vue'
import { useApp } from '../app-context.ts'
import { bytesText, countText, exactBytesText, rateText, shareText } from '../format/figures.ts'
import { momentAfter, momentText, secondsSince, spanText, tickText, zoneText } from '../format/moment.ts'

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
  /** A beginning and how long it lasted. */
  readonly period: (first: string | null, last: string | null) => string
  /** A moment without its date when the whole capture is of one day, which stands above every page. */
  readonly clock: (timestamp: string | null, digits?: number) => string
  readonly zone: ComputedRef<string>
  /** How a column of clocks is headed, and how wide it is. */
  readonly clockColumn: ComputedRef<{ readonly zone: string; readonly width: number; readonly hint: string }>
}

export function useFormat(): UseFormatReturn {
  const { settings, analysis } = useApp()
  const set = settings.settings
  const first = computed(() => analysis.head.value?.capture.firstTimestamp ?? null)
  const moment = (timestamp: string | null, digits = 6): string =>
    momentText(timestamp, set.value.timeZone, first.value, digits)
  const zone = computed(() => zoneText(set.value.timeZone, first.value))
  const day = computed(() => {
    const last = analysis.head.value?.capture.lastTimestamp ?? null
    if (first.value === null || last === null || set.value.timeZone === 'relative') return null
    const [from, to] = [moment(first.value, 0), moment(last, 0)].map((text) => text.split(' ')[0])
    return from === to ? (from ?? null) : null
  })
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
    period: (start, end) => {
      if (start === null || end === null) return 'no time'
      const length = secondsSince(start, end)
      return length === 0 ? moment(start, 3) : `${moment(start, 3)}, for ${spanText(length)}`
    },
    clock: (timestamp, digits) => {
      const text = moment(timestamp, digits)
      return day.value !== null && text.startsWith(day.value) ? text.slice(day.value.length + 1) : text
    },
    zone,
    clockColumn: computed(() => ({
      zone: zone.value,
      width: day.value === null ? 200 : 144,
      hint: day.value === null ? 'Date and time.' : `Times of ${day.value}.`,
    })),
  }
}

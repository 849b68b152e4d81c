/** Timestamps of the summary (`seconds.nanoseconds` as text) as seconds since the capture's first one. */

import { secondsBetween } from '../../engine/net/packed-time.ts'
import type { TimestampText } from '../../engine/summarize/capture-summary.ts'

/**
 * Reads timestamps relative to `first`. Whole seconds are subtracted before the fraction is added, so that the
 * nanoseconds survive: a double of epoch nanoseconds would lose the last three digits. Null or unreadable: null.
 */
export function secondsSince(first: TimestampText): (timestamp: TimestampText) => number | null {
  const start = parts(first)
  return (timestamp) => {
    if (start === null) return null
    const time = parts(timestamp)
    if (time === null) return null
    return secondsBetween(start.seconds, start.nanoseconds, time.seconds, time.nanoseconds)
  }
}

function parts(timestamp: TimestampText): { readonly seconds: number; readonly nanoseconds: number } | null {
  if (timestamp === null) return null
  const dot = timestamp.indexOf('.')
  const seconds = Number(dot === -1 ? timestamp : timestamp.slice(0, dot))
  const nanoseconds =
    dot === -1
      ? 0
      : Number(
          timestamp
            .slice(dot + 1)
            .padEnd(9, '0')
            .slice(0, 9),
        )
  if (!Number.isFinite(seconds) || !Number.isFinite(nanoseconds)) return null
  return { seconds, nanoseconds: timestamp.startsWith('-') ? -nanoseconds : nanoseconds }
}

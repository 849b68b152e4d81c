/** Names of fields, states and outcomes as words a reader knows. */

import type { Severity } from '../../engine/summarize/capture-summary.ts'

/** Most severe first: the order of every list. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

/** What the fourth number of a probe means, and the columns of every outcome table. */
export const OUTCOMES = ['open', 'refused', 'filtered', 'silent', 'unknown'] as const

/** What each outcome of an attempt means, for the legend. */
export const OUTCOME_MEANINGS: Readonly<Record<(typeof OUTCOMES)[number], string>> = {
  open: 'answered as an open port does',
  refused: 'reset, or ICMP port unreachable',
  filtered: 'ICMP says a filter is in the way',
  silent: 'no answer, though one would have been seen',
  unknown: 'the capture cannot tell: it ends within 5 s of the attempt, or shows no answers on that path',
}

/** Zeek's conn_state in words (Zeek manual, Conn::Info). */
export const CONNECTION_STATES: readonly (readonly [string, string])[] = [
  ['S0', 'attempt seen, no answer'],
  ['S1', 'established, not ended'],
  ['SF', 'established and ended normally'],
  ['REJ', 'attempt refused'],
  ['S2', 'established, originator closed, no answer to that'],
  ['S3', 'established, responder closed, no answer to that'],
  ['RSTO', 'established, originator reset it'],
  ['RSTR', 'responder reset it'],
  ['RSTOS0', 'originator sent SYN then reset, no SYN+ACK seen'],
  ['RSTRH', 'responder sent SYN+ACK then reset, no SYN seen'],
  ['SH', 'originator sent SYN then FIN, no SYN+ACK seen'],
  ['SHR', 'responder sent SYN+ACK then FIN, no SYN seen'],
  ['OTH', 'no SYN seen: under way when the capture began, or not TCP'],
]

/** `verticalPortCountMin` → `vertical port count min`; `host-sweep` → `host sweep`. */
export function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase()
}

/** The words of a field with its first letter large. */
export function heading(name: string): string {
  const text = words(name)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The same without the unit that its value is printed with: `windowSeconds` → `Window`. */
export function fieldHeading(name: string): string {
  return heading(name.replace(/(Seconds|Minutes|Ns|Bits)(?=(Min|Max)?$)/, '') || name)
}

/** The unit a field's name ends in (`durationSeconds` → `s`), empty for bare counts. */
export function unitOf(name: string): string {
  if (/seconds$/i.test(name)) return 's'
  if (/minutes$/i.test(name)) return 'min'
  if (/byte(s|Count)(Min|Max)?$/i.test(name)) return 'B'
  if (/Ns$/.test(name)) return 'ns'
  if (/Bits$/.test(name)) return 'bit'
  return ''
}

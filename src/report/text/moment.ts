/** Times as text, exact to the nanosecond, in UTC or in the zone of the machine, the zone always at hand. */

import type { TimestampText } from '../../engine/summarize/capture-summary.ts'
import { NO_VALUE } from './figures.ts'

/** Times are printed in UTC or in the zone of the machine that makes the report. */
export type TimeZone = 'utc' | 'local'

/** A time as whole milliseconds for an axis, and its nanoseconds within the second for exact print. */
export interface Moment {
  readonly milliseconds: number
  readonly nanoseconds: number
}

/** Calendar fields of a `Date` in one zone. */
export interface CalendarFields {
  readonly date: string
  readonly time: string
  /** `Z` or `+02:00`. */
  readonly offset: string
}

/** ECMAScript dates end 100,000,000 days from 1970 (ECMA-262, 21.4.1.1); what is beyond prints as bare seconds. */
const MILLISECONDS_MAX = 8.64e15

/** Reads `seconds.nanoseconds`; null when there is no time, or none that a calendar holds. */
export function parseMoment(text: TimestampText): Moment | null {
  const parts = text === null ? null : /^(-?)(\d+)\.(\d{9})$/.exec(text)
  if (parts === null) return null
  let seconds = Number(parts[2])
  let nanoseconds = Number(parts[3])
  if (parts[1] === '-') {
    // -1.25 is a quarter second before -1: the whole second below it, and three quarters on.
    seconds = nanoseconds === 0 ? -seconds : -seconds - 1
    nanoseconds = nanoseconds === 0 ? 0 : 1_000_000_000 - nanoseconds
  }
  const milliseconds = seconds * 1000 + Math.floor(nanoseconds / 1_000_000)
  return Math.abs(milliseconds) > MILLISECONDS_MAX ? null : { milliseconds, nanoseconds }
}

/** Nanoseconds from one time to another, exact; null when either is missing. */
export function nanosecondsBetween(first: TimestampText, last: TimestampText): bigint | null {
  const from = epochNanoseconds(first)
  const to = epochNanoseconds(last)
  return from === null || to === null ? null : to - from
}

function epochNanoseconds(text: TimestampText): bigint | null {
  if (text === null || !/^-?\d+\.\d{9}$/.test(text)) return null
  return BigInt(text.replace('.', ''))
}

/** How times print in one zone. */
export class Clock {
  readonly zone: TimeZone
  /** For headings: `UTC`, or the machine's zone such as `Europe/Berlin`. */
  readonly zoneName: string

  constructor(zone: TimeZone) {
    this.zone = zone
    this.zoneName = zone === 'utc' ? 'UTC' : new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  }

  /** `2024-05-01 12:34:56.123456789`, with `+02:00` after it when the zone is not UTC. */
  exact(text: TimestampText): string {
    if (text === null) return NO_VALUE
    const moment = parseMoment(text)
    if (moment === null) return `${text} s after 1970-01-01 UTC`
    const { date, time, offset } = this.fields(moment.milliseconds)
    const nanoseconds = String(moment.nanoseconds).padStart(9, '0')
    return `${date} ${time}.${nanoseconds}${this.zone === 'utc' ? '' : ` ${offset}`}`
  }

  /** To the millisecond: where nine digits would hide the time. */
  milliseconds(text: TimestampText): string {
    return this.exact(text).replace(/(\.\d{3})\d{6}(?!\d)/, '$1')
  }

  /** The same with the zone behind it, for sentences. */
  brief(text: TimestampText): string {
    return this.exactWithZone(text).replace(/(\.\d{3})\d{6}(?!\d)/, '$1')
  }

  /** Like `exact` with the zone behind it: for a time that stands alone. */
  exactWithZone(text: TimestampText): string {
    const printed = this.exact(text)
    return this.zone === 'utc' && parseMoment(text) !== null ? `${printed} UTC` : printed
  }

  fields(milliseconds: number): CalendarFields {
    const at = new Date(milliseconds)
    const offsetMinutes = this.zone === 'utc' ? 0 : -at.getTimezoneOffset()
    const shifted = new Date(milliseconds + offsetMinutes * 60_000)
    if (Number.isNaN(shifted.getTime())) return { date: NO_VALUE, time: NO_VALUE, offset: NO_VALUE }
    const [date, time] = shifted.toISOString().split('T') as [string, string]
    return { date, time: time.slice(0, 8), offset: this.zone === 'utc' ? 'Z' : offsetText(offsetMinutes) }
  }
}

function offsetText(minutes: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.round(Math.abs(minutes) % 60)
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

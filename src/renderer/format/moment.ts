/** Moments as text: exact decimal timestamps of the summary shown in UTC, local time or since the capture began. */

import { countText } from './figures.ts'
import type { Settings } from '../../contract/index.ts'

export type TimeZone = Settings['timeZone']

const two = (value: number): string => String(value).padStart(2, '0')
const NS = 1_000_000_000

interface ExactMoment {
  readonly seconds: number
  readonly nanoseconds: number
}

/** `seconds.nanoseconds`, nine digits, possibly negative; exact, never through a double of the whole. */
export function exactMoment(timestamp: string): ExactMoment {
  const isNegative = timestamp.startsWith('-')
  const [whole = '0', fraction = ''] = (isNegative ? timestamp.slice(1) : timestamp).split('.')
  const seconds = Number(whole)
  const nanoseconds = Number(fraction.padEnd(9, '0').slice(0, 9))
  if (!isNegative) return { seconds, nanoseconds }
  return nanoseconds === 0
    ? { seconds: -seconds, nanoseconds: 0 }
    : { seconds: -seconds - 1, nanoseconds: NS - nanoseconds }
}

/** Seconds from `first` to `timestamp`, to the nanosecond as far as a double goes. */
export function secondsSince(first: string, timestamp: string): number {
  const a = exactMoment(first)
  const b = exactMoment(timestamp)
  return b.seconds - a.seconds + (b.nanoseconds - a.nanoseconds) / NS
}

/** The moment `offsetSeconds` after `first`, to the nanosecond. */
export function momentAfter(first: string, offsetSeconds: number): string {
  const { seconds, nanoseconds } = exactMoment(first)
  const whole = Math.floor(offsetSeconds)
  let ns = nanoseconds + Math.round((offsetSeconds - whole) * NS)
  let s = seconds + whole
  if (ns >= NS) {
    ns -= NS
    s++
  }
  if (s < 0 && ns > 0) return `-${-s - 1}.${String(NS - ns).padStart(9, '0')}`
  return `${s}.${String(ns).padStart(9, '0')}`
}

interface Calendar {
  readonly date: string
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function calendar(seconds: number, zone: 'utc' | 'local'): Calendar {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return { date: 'beyond the calendar', hour: 0, minute: 0, second: 0 }
  if (zone === 'utc') {
    return {
      date: date.toISOString().split('T')[0]!,
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
    }
  }
  return {
    date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
  }
}

const fractionText = (nanoseconds: number, digits: number): string =>
  digits === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').slice(0, digits)}`

/** `2026-03-01 12:00:00.000123`, or `+0.000123 s` since `first`. `digits` after the second, cut, never rounded up into the next. */
export function momentText(
  timestamp: string | null,
  zone: TimeZone,
  first: string | null,
  digits = 6,
): string {
  if (timestamp === null) return 'no time'
  const { seconds, nanoseconds } = exactMoment(timestamp)
  if (zone === 'relative' && first !== null) {
    return `+${secondsSince(first, timestamp).toFixed(digits)} s`
  }
  const { date, hour, minute, second } = calendar(seconds, zone === 'local' ? 'local' : 'utc')
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}${fractionText(nanoseconds, digits)}`
}

/** `UTC`, `UTC+02:00` at that moment, or `since start`. Always printed beside times. */
export function zoneText(zone: TimeZone, first: string | null): string {
  if (zone === 'utc') return 'UTC'
  if (zone === 'relative') return 'since start'
  const at = first === null ? new Date() : new Date(exactMoment(first).seconds * 1000)
  const minutes = Number.isNaN(at.getTime()) ? 0 : -at.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Text of an axis tick `offsetSeconds` after `first`, as fine as ticks `stepSeconds` apart need. */
export function tickText(
  offsetSeconds: number,
  stepSeconds: number,
  zone: TimeZone,
  first: string | null,
): string {
  const digits = stepSeconds >= 1 ? 0 : Math.min(9, Math.ceil(-Math.log10(stepSeconds) - 1e-9))
  if (zone === 'relative' || first === null) {
    if (stepSeconds >= 60) return `+${spanText(offsetSeconds)}`
    return `+${offsetSeconds.toFixed(digits)} s`
  }
  const { seconds, nanoseconds } = exactMoment(momentAfter(first, offsetSeconds))
  const { date, hour, minute, second } = calendar(seconds, zone)
  if (stepSeconds >= 86_400) return date
  const clock = `${two(hour)}:${two(minute)}`
  if (hour === 0 && minute === 0 && second === 0 && nanoseconds === 0) return date
  return stepSeconds >= 60 ? clock : `${clock}:${two(second)}${fractionText(nanoseconds, digits)}`
}

/** A length of time in its two largest units: `3 d 4 h`, `2 min 5 s`, `1.250 s`, `340 µs`. */
export function spanText(seconds: number): string {
  const size = Math.abs(seconds)
  if (size === 0) return '0 s'
  if (size < 1e-6) return `${Math.round(seconds * 1e9)} ns`
  if (size < 1e-3) return `${Number((seconds * 1e6).toPrecision(3))} µs`
  if (size < 1) return `${Number((seconds * 1e3).toPrecision(3))} ms`
  if (size < 60) return `${Number(seconds.toPrecision(4))} s`
  const parts: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ]
  const rounded = Math.round(size)
  const place = parts.findIndex(([length]) => rounded >= length)
  const [length, name] = parts[place]!
  const main = Math.floor(rounded / length)
  const next = parts[place + 1]
  const rest = next === undefined ? 0 : Math.floor((rounded - main * length) / next[0])
  const sign = seconds < 0 ? '−' : ''
  const figure = countText(main)
  return rest === 0 ? `${sign}${figure} ${name}` : `${sign}${figure} ${name} ${rest} ${next![1]}`
}

/** A resolution as the engine names it, `10^-9` or `2^-20`, as the length of a tick. */
export function resolutionText(resolution: string): string {
  const [, base, power] = /^(10|2)\^-(\d{1,3})$/.exec(resolution) ?? []
  if (base === undefined || power === undefined) return resolution
  const seconds = Number(base) ** -Number(power)
  return base === '10' && seconds >= 1e-9 ? spanText(seconds) : `${base}⁻${superscript(power)} s`
}

const superscript = (digits: string): string =>
  digits.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)))

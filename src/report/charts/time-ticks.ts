/** Marks of a time axis: round times of day in the report's zone, or seconds since the first packet when it is short. */

import { scaleLinear, scaleTime, scaleUtc } from 'd3-scale'
import { decimal } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import type { Clock, Moment } from '../text/moment.ts'
import { CHART_WIDTH, coordinate } from './drawing.ts'

export interface TimeTick {
  /** Since the first packet. */
  readonly seconds: number
  readonly label: string
}

/** Below this many seconds an axis counts from the first packet: times of day would repeat the same digits. */
export const RELATIVE_SECONDS_MAX = 10

/** Whether an axis of this length counts seconds from the first packet. */
export function isRelative(origin: Moment | null, startSeconds: number, endSeconds: number): boolean {
  return origin === null || endSeconds - startSeconds < RELATIVE_SECONDS_MAX
}

/** What stands under the axis: which clock its marks are of. */
export function axisCaption(clock: Clock, relative: boolean): string {
  return relative ? 'seconds since the first packet' : `time (${clock.zoneName})`
}

export interface TickRequest {
  /** Time of the first packet; null when no calendar holds it. */
  readonly origin: Moment | null
  /** Both ends, in seconds since `origin`. */
  readonly range: readonly [number, number]
  /** About how many marks there is room for. */
  readonly wanted: number
  readonly relative: boolean
  /** A date that already stands beside the axis: marks of another day say theirs. */
  readonly dateShown: string | null
}

/** Marks at round times within the range. */
export function timeTicks(clock: Clock, request: TickRequest): readonly TimeTick[] {
  const { origin, wanted, relative } = request
  const [startSeconds, endSeconds] = request.range
  if (relative || origin === null) {
    const ticks = scaleLinear().domain([startSeconds, endSeconds]).ticks(Math.max(1, wanted))
    return ticks.map((seconds) => ({ seconds, label: `${decimal(seconds)} s` }))
  }
  const at = (seconds: number) => new Date(origin.milliseconds + seconds * 1000)
  const scale = clock.zone === 'utc' ? scaleUtc() : scaleTime()
  const ticks = scale.domain([at(startSeconds), at(endSeconds)]).ticks(Math.max(1, wanted))
  const isByDay = ticks.every((tick) => clock.fields(tick.getTime()).time === '00:00:00')
  const hasSeconds = ticks.some((tick) => !clock.fields(tick.getTime()).time.endsWith(':00'))
  const hasFraction = ticks.some((tick) => tick.getTime() % 1000 !== 0)
  let dateShown = request.dateShown
  return ticks.map((tick) => {
    const { date, time } = clock.fields(tick.getTime())
    const seconds = (tick.getTime() - origin.milliseconds) / 1000
    const milliseconds = String(tick.getTime() % 1000).padStart(3, '0')
    const ofDay = hasFraction ? `${time}.${milliseconds}` : hasSeconds ? time : time.slice(0, 5)
    const label = isByDay ? date : date === dateShown ? ofDay : `${date.slice(5)} ${ofDay}`
    dateShown = date
    return { seconds, label }
  })
}

/** Half of a character's width at the size of the labels, rounded up: figures are wider than most letters. */
const HALF_CHARACTER_WIDTH = 4.5

/** One mark under an axis, its label in the middle below it unless that would leave the picture. */
export function tickMark(x: number, y: number, label: string): Html {
  const anchor = x + label.length * HALF_CHARACTER_WIDTH > CHART_WIDTH - 2 ? 'end' : 'middle'
  const at = coordinate(x)
  return html`<line class="tick" x1="${at}" x2="${at}" y1="${y}" y2="${y + 5}" />
    <text class="${anchor}" x="${anchor === 'end' ? CHART_WIDTH - 2 : at}" y="${y + 18}">${label}</text>`
}

/** What lies across both panels of the bandwidth chart: its time, the silences folded, where findings begin. */

import type { ReportContext } from '../context.ts'
import { duration } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { nanosecondsBetween, parseMoment } from '../text/moment.ts'
import { cutText } from '../text/visible-text.ts'
import { CHART_WIDTH, coordinate } from './drawing.ts'
import { type FoldedAxis, placeOf } from './folded-axis.ts'
import { axisCaption, isRelative, tickMark, timeTicks } from './time-ticks.ts'

/** Free on both sides of the panels: numbers stand on the left. */
export const LEFT = 76
export const RIGHT = 14
/** The panels lie between these. */
export const BAND_TOP = 40
export const BAND_BOTTOM = 360
export const HEIGHT = BAND_BOTTOM + 44

/** Findings marked on the time axis, most severe first; more would hide the traffic. */
const MARKED_FINDING_COUNT_MAX = 12
/** A segment narrower than this has no room for a time under it. */
const TICK_ROOM_MIN = 60
/** Lines of findings closer than this share a label. */
const LABEL_ROOM_MIN = 40
/** Half of the longest label. Nearer to an end of the axis a label begins or ends at its line, clear of the units beside. */
const LABEL_HALF_WIDTH = 28

/** A frame with the length of the silence in it, for each fold. */
export function folds({ folds }: FoldedAxis): Html[] {
  const [top, bottom] = [BAND_TOP, BAND_BOTTOM]
  return folds.map(({ x, width, startSeconds, endSeconds }) => {
    const [middle, half] = [x + width / 2, (top + bottom) / 2]
    return html`<rect
        class="fold"
        x="${coordinate(x)}"
        y="${top}"
        width="${width}"
        height="${bottom - top}"
      /><text
        class="middle"
        x="${coordinate(middle)}"
        y="${half}"
        dy="4"
        transform="rotate(-90 ${coordinate(middle)} ${half})"
        >${duration(endSeconds - startSeconds)} silence</text
      >`
  })
}

/** Times under the axis, each segment with its own, and the date where one is needed. */
export function timeAxis({ clock, summary }: ReportContext, axis: FoldedAxis): Html {
  const origin = parseMoment(summary.capture.firstTimestamp)
  const [start, end] = [axis.segments[0]!.startSeconds, axis.segments.at(-1)!.endSeconds]
  const relative = isRelative(origin, start, end)
  const dateOf = (seconds: number) =>
    origin === null || relative ? null : clock.fields(origin.milliseconds + seconds * 1000).date
  const marks = axis.segments.map(({ startSeconds, endSeconds, width }, index) => {
    if (width < TICK_ROOM_MIN) return []
    const wanted = Math.max(1, Math.floor(width / 110))
    const before = index === 0 ? start : axis.segments[index - 1]!.endSeconds
    const range = [startSeconds, endSeconds] as const
    const ticks = timeTicks(clock, { origin, range, wanted, relative, dateShown: dateOf(before) })
    return ticks.map(({ seconds, label }) => tickMark(placeOf(axis, seconds) ?? LEFT, BAND_BOTTOM, label))
  })
  const from = dateOf(start)
  return html`<line
      class="axis"
      x1="${LEFT}"
      x2="${CHART_WIDTH - RIGHT}"
      y1="${BAND_BOTTOM}"
      y2="${BAND_BOTTOM}"
    />${marks}
    <text x="${LEFT}" y="${BAND_BOTTOM + 38}">${from !== null && `from ${from}`}</text>
    <text class="end" x="${CHART_WIDTH - RIGHT}" y="${BAND_BOTTOM + 38}"
      >${axisCaption(clock, relative)}</text
    >`
}

/** Lines where the evidence of findings begins, numbered as they are; lines too close together share a label. */
export function findingMarks({ summary }: ReportContext, axis: FoldedAxis): Html[] {
  const placed = summary.findings.slice(0, MARKED_FINDING_COUNT_MAX).flatMap((finding, index) => {
    const nanoseconds = nanosecondsBetween(summary.capture.firstTimestamp, finding.firstTimestamp)
    const x = nanoseconds === null ? null : placeOf(axis, Number(nanoseconds) / 1e9)
    return x === null ? [] : [{ finding, number: index + 1, x }]
  })
  const groups: (typeof placed)[] = []
  for (const one of placed.sort((a, b) => a.x - b.x || a.number - b.number)) {
    const group = groups.at(-1)
    if (group !== undefined && one.x - group[0]!.x < LABEL_ROOM_MIN) group.push(one)
    else groups.push([one])
  }
  return groups.map((group) => {
    const lines = group.map(({ finding, x }) => {
      const at = coordinate(x)
      return html`<line
        class="finding ${finding.severity}"
        x1="${at}"
        x2="${at}"
        y1="${BAND_TOP}"
        y2="${BAND_BOTTOM}"
      />`
    })
    const inOrder = [...group].sort((a, b) => a.number - b.number)
    const numbers = inOrder.map(({ number }) => number)
    const named = inOrder.map(({ finding, number }) => `${number}: ${finding.title}`).join('; ')
    return html`${lines}
      <text class="finding ${labelAnchor(group[0]!.x)}" x="${coordinate(group[0]!.x)}" y="${BAND_TOP - 2}">
        <title>Finding ${cutText(named)}</title>
        ${numbers.length > 4 ? `${numbers.slice(0, 3).join(', ')} …` : numbers.join(', ')}
      </text>`
  })
}

function labelAnchor(x: number): 'start' | 'middle' | 'end' {
  if (x < LEFT + LABEL_HALF_WIDTH) return 'start'
  return x > CHART_WIDTH - RIGHT - LABEL_HALF_WIDTH ? 'end' : 'middle'
}

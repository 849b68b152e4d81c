/** Bandwidth over time: bytes per second by protocol above packets per second, silences folded and named. */

import { scaleLinear } from 'd3-scale'
import type { ReportContext } from '../context.ts'
import { bytes, count, counted, duration, percent, rounded, scaled } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { nanosecondsBetween, parseMoment } from '../text/moment.ts'
import { cutText } from '../text/visible-text.ts'
import { binBandwidth, type BandwidthBins } from './bandwidth-bins.ts'
import { chart, CHART_WIDTH, coordinate, legend } from './drawing.ts'
import { type FoldedAxis, foldedAxis, placeOf } from './folded-axis.ts'
import { axisCaption, isRelative, tickMark, timeTicks } from './time-ticks.ts'

const LEFT = 76
const RIGHT = 14
const PLOT_WIDTH = CHART_WIDTH - LEFT - RIGHT
/** Top and height of the panels of bytes and of packets. */
const BYTES_PANEL = { top: 40, height: 190 }
const PACKETS_PANEL = { top: 264, height: 96 }
const AXIS_TOP = PACKETS_PANEL.top + PACKETS_PANEL.height
const HEIGHT = AXIS_TOP + 44
/** Findings marked on the time axis, most severe first; more would hide the traffic. */
const MARKED_FINDING_COUNT_MAX = 12

/** A segment narrower than this has no room for a time under it. */
const TICK_ROOM_MIN = 60
/** Lines of findings closer than this share a label. */
const LABEL_ROOM_MIN = 40

type Panel = typeof BYTES_PANEL

export function bandwidthChart(context: ReportContext): Html {
  const { bandwidth } = context.summary
  if (bandwidth.buckets.length === 0) {
    return html`<p class="empty">No packet carries a time, so nothing can be drawn over time.</p>`
  }
  const starts = bandwidth.buckets.map(([start]) => start)
  const axis = foldedAxis(starts, bandwidth.bucketSeconds, LEFT, PLOT_WIDTH)
  const bins = binBandwidth(bandwidth, axis.segments)
  const byteScale = panelScale(
    BYTES_PANEL,
    maximum(bins, (i) => stackedBytes(bins, i)),
  )
  const packetScale = panelScale(
    PACKETS_PANEL,
    maximum(bins, (i) => bins.packets[i]!),
  )
  const content = html`${grid(BYTES_PANEL, byteScale, 'B/s', 'Bytes per second, by protocol')}${grid(PACKETS_PANEL, packetScale, '/s', 'Packets per second')}${folds(axis)}${bins.series.map(
      ({ mark }, series) =>
        html`<path
          class="${mark}"
          d="${stackPath(bins, axis, series, (value, i) => byteScale(value / secondsOf(bins, i)))}"
        />`,
    )}<path
      class="packets"
      d="${stepPath(bins, axis, (i) => packetScale(bins.packets[i]! / secondsOf(bins, i)), packetScale(0))}"
    />${timeAxis(context, axis)}${findingMarks(context, axis)}`
  return html`<figure>
    ${chart(HEIGHT, `Bandwidth over time: ${peakSentence(context)}`, content)}
    ${legend(bins.series.map(({ name, mark, byteCount }) => ({ mark, name, figure: `${scaled(byteCount, 'B')}, ${percent(byteCount, bins.byteCount)}` })))}
    <figcaption>${captionText(context, bins, axis)}</figcaption>
  </figure>`
}

const maximum = (bins: BandwidthBins, of: (index: number) => number) => {
  let largest = 0
  for (let i = 0; i < bins.starts.length; i++) largest = Math.max(largest, of(i) / secondsOf(bins, i))
  return largest
}
/** The last bin of a segment may be shorter than the others. */
const secondsOf = (bins: BandwidthBins, i: number) => bins.ends[i]! - bins.starts[i]!
const stackedBytes = (bins: BandwidthBins, index: number) =>
  bins.series.reduce((sum, { byteCounts }) => sum + byteCounts[index]!, 0)

function panelScale({ top, height }: Panel, largest: number) {
  return scaleLinear()
    .domain([0, largest > 0 ? largest : 1])
    .nice(4)
    .range([top + height, top])
}
type PanelScale = ReturnType<typeof panelScale>

function grid(panel: Panel, scale: PanelScale, unit: string, title: string): Html {
  const marks = scale.ticks(panel.height > 120 ? 4 : 2).map((value) => {
    const y = coordinate(scale(value))
    return html`<line class="grid" x1="${LEFT}" x2="${CHART_WIDTH - RIGHT}" y1="${y}" y2="${y}" /><text
        class="end"
        x="${LEFT - 8}"
        y="${y}"
        dy="3.5"
        >${rounded(value, unit)}</text
      >`
  })
  return html`<text class="title" x="${LEFT}" y="${panel.top - 16}">${title}</text>${marks}`
}

function folds({ folds }: FoldedAxis): Html[] {
  const [top, bottom] = [BYTES_PANEL.top, AXIS_TOP]
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

/** The outline of one series on top of those before it, segment by segment. */
function stackPath(
  bins: BandwidthBins,
  axis: FoldedAxis,
  series: number,
  y: (byteCount: number, index: number) => number,
): string {
  const below = (i: number) => {
    let sum = 0
    for (let s = 0; s < series; s++) sum += bins.series[s]!.byteCounts[i]!
    return sum
  }
  return binRuns(bins, (i) => bins.series[series]!.byteCounts[i]! > 0)
    .map(([first, end]) => {
      let path = `M${coordinate(leftOf(bins, axis, first))},${coordinate(y(below(first), first))}`
      for (let i = first; i < end; i++) {
        path += `V${coordinate(y(below(i) + bins.series[series]!.byteCounts[i]!, i))}H${coordinate(rightOf(bins, axis, i))}`
      }
      for (let i = end - 1; i >= first; i--) {
        path += `V${coordinate(y(below(i), i))}H${coordinate(leftOf(bins, axis, i))}`
      }
      return `${path}Z`
    })
    .join('')
}

function stepPath(bins: BandwidthBins, axis: FoldedAxis, y: (index: number) => number, base: number): string {
  return binRuns(bins, (i) => bins.packets[i]! > 0)
    .map(([first, end]) => {
      let path = `M${coordinate(leftOf(bins, axis, first))},${coordinate(base)}`
      for (let i = first; i < end; i++) path += `V${coordinate(y(i))}H${coordinate(rightOf(bins, axis, i))}`
      return `${path}V${coordinate(base)}Z`
    })
    .join('')
}

/** Runs `[first, end)` of neighbouring bins that hold something: what lies between is nothing, not a slope. */
function binRuns(bins: BandwidthBins, holds: (index: number) => boolean): readonly [number, number][] {
  const runs: [number, number][] = []
  for (let i = 0; i < bins.starts.length; i++) {
    if (!holds(i)) continue
    const last = runs.at(-1)
    const isNext = last?.[1] === i && Math.abs(bins.starts[i]! - bins.ends[i - 1]!) < bins.binSeconds / 2
    if (isNext) last[1] = i + 1
    else runs.push([i, i + 1])
  }
  return runs
}

const leftOf = (bins: BandwidthBins, axis: FoldedAxis, i: number) => placeOf(axis, bins.starts[i]!) ?? LEFT
const rightOf = (bins: BandwidthBins, axis: FoldedAxis, i: number) => placeOf(axis, bins.ends[i]!) ?? LEFT

function timeAxis({ clock, summary }: ReportContext, axis: FoldedAxis): Html {
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
    return ticks.map(({ seconds, label }) => tickMark(placeOf(axis, seconds) ?? LEFT, AXIS_TOP, label))
  })
  const from = dateOf(start)
  return html`<line
      class="axis"
      x1="${LEFT}"
      x2="${CHART_WIDTH - RIGHT}"
      y1="${AXIS_TOP}"
      y2="${AXIS_TOP}"
    />${marks}
    <text x="${LEFT}" y="${AXIS_TOP + 38}">${from !== null && `from ${from}`}</text>
    <text class="end" x="${CHART_WIDTH - RIGHT}" y="${AXIS_TOP + 38}">${axisCaption(clock, relative)}</text>`
}

/** Lines where the evidence of findings begins, numbered as they are; lines too close together share a label. */
function findingMarks({ summary }: ReportContext, axis: FoldedAxis): Html[] {
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
        y1="${BYTES_PANEL.top}"
        y2="${AXIS_TOP}"
      />`
    })
    const numbers = group.map(({ number }) => number).sort((a, b) => a - b)
    const named = group.map(({ finding, number }) => `${number}: ${finding.title}`).join('; ')
    return html`${lines}
      <text class="finding middle" x="${coordinate(group[0]!.x)}" y="${BYTES_PANEL.top - 2}">
        <title>Finding ${cutText(named)}</title>
        ${numbers.length > 4 ? `${numbers.slice(0, 3).join(', ')} …` : numbers.join(', ')}
      </text>`
  })
}

function peakSentence({ summary, clock }: ReportContext): string {
  const { buckets, bucketSeconds } = summary.bandwidth
  const peak = buckets.reduce((best, one) => (one[2] > best[2] ? one : best))
  const origin = parseMoment(summary.capture.firstTimestamp)
  const at = origin === null ? null : clock.fields(origin.milliseconds + peak[0] * 1000)
  const when = at === null ? `${peak[0]} s after the start` : `${at.date} ${at.time} ${clock.zoneName}`
  return `peak ${scaled(peak[2] / bucketSeconds, 'B/s')} in the ${duration(bucketSeconds)} from ${when}`
}

function captionText(context: ReportContext, bins: BandwidthBins, { folds }: FoldedAxis): Html {
  const { bandwidth, capture, findings } = context.summary
  const offAxis = capture.packetCount - bins.packetCount
  const sentences = [
    `Each step is the mean over ${duration(bins.binSeconds)}; the analysis counts in ${duration(bandwidth.bucketSeconds)} buckets, and its ${peakSentence(context)}.`,
    `The buckets hold ${count(bins.packetCount)} packets and ${bytes(bins.byteCount)} (original bytes on the wire).`,
    offAxis > 0
      ? `${counted(offAxis, 'packet')} without a usable time ${offAxis === 1 ? 'is' : 'are'} not on this axis.`
      : '',
    folds.length > 0
      ? `${counted(folds.length, 'silence')} folded: drawn narrow, in a dashed frame, with its length.`
      : '',
    findings.length > 0 ? 'Numbered lines show where the evidence of a finding begins.' : '',
  ]
  return html`${sentences.filter((one) => one !== '').join(' ')}`
}

/** Bandwidth over time: bits per second by protocol above packets per second, silences folded and named. */

import { scaleLinear } from 'd3-scale'
import type { ReportContext } from '../context.ts'
import { bytes, count, counted, decimal, duration, percent, rounded, scaled } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { parseMoment } from '../text/moment.ts'
import {
  BAND_BOTTOM,
  BAND_TOP,
  findingMarks,
  folds,
  HEIGHT,
  LEFT,
  RIGHT,
  timeAxis,
} from './bandwidth-axis.ts'
import { binBandwidth, bucketStarts, type BandwidthBins } from './bandwidth-bins.ts'
import { chart, CHART_WIDTH, coordinate, legend } from './drawing.ts'
import { type FoldedAxis, foldedAxis, placeOf } from './folded-axis.ts'

/** Top and height of the panels of bits and of packets. */
const BITS_PANEL = { top: BAND_TOP, height: 190 }
const PACKETS_PANEL = { top: 264, height: BAND_BOTTOM - 264 }

type Panel = typeof BITS_PANEL

export function bandwidthChart(context: ReportContext): Html {
  const { bandwidth } = context.summary
  if (bandwidth.buckets.length === 0) {
    return html`<p class="empty">No packet carries a time, so nothing can be drawn over time.</p>`
  }
  const starts = bucketStarts(bandwidth)
  const axis = foldedAxis(starts, bandwidth.bucketSeconds, LEFT, CHART_WIDTH - LEFT - RIGHT)
  const bins = binBandwidth(bandwidth, starts, axis.segments)
  const bitScale = panelScale(
    BITS_PANEL,
    maximum(bins, (i) => 8 * stackedBytes(bins, i)),
  )
  const packetScale = panelScale(
    PACKETS_PANEL,
    maximum(bins, (i) => bins.packets[i]!),
  )
  const content = html`${grid(BITS_PANEL, bitScale, (value) => rounded(value, 'bit/s'), 'Bits per second on the wire, by protocol')}${grid(PACKETS_PANEL, packetScale, (value) => (value < 1e6 ? decimal(value) : rounded(value, '')), 'Packets per second')}${folds(axis)}${bins.series.map(
      ({ mark }, series) =>
        html`<path
          class="${mark}"
          d="${stackPath(bins, axis, series, (value) => bitScale((8 * value) / bins.binSeconds))}"
        />`,
    )}<path
      class="packets"
      d="${stepPath(bins, axis, (i) => packetScale(bins.packets[i]! / bins.binSeconds), packetScale(0))}"
    />${timeAxis(context, axis)}${findingMarks(context, axis)}`
  return html`<figure>
    ${chart(HEIGHT, `Bandwidth over time: ${peakSentence(context, bins)}`, content)}
    ${legend(bins.series.map(({ name, mark, byteCount }) => ({ mark, name, figure: `${scaled(byteCount, 'B')}, ${percent(byteCount, bins.byteCount)}` })))}
    <figcaption>${captionText(context, bins, axis)}</figcaption>
  </figure>`
}

const maximum = (bins: BandwidthBins, of: (index: number) => number) => {
  let largest = 0
  for (let i = 0; i < bins.starts.length; i++) largest = Math.max(largest, of(i) / bins.binSeconds)
  return largest
}
const stackedBytes = (bins: BandwidthBins, index: number) =>
  bins.series.reduce((sum, { byteCounts }) => sum + byteCounts[index]!, 0)

function panelScale({ top, height }: Panel, largest: number) {
  return scaleLinear()
    .domain([0, largest > 0 ? largest : 1])
    .nice(4)
    .range([top + height, top])
}
type PanelScale = ReturnType<typeof panelScale>

function grid(panel: Panel, scale: PanelScale, mark: (value: number) => string, title: string): Html {
  const marks = scale.ticks(panel.height > 120 ? 4 : 2).map((value) => {
    const y = coordinate(scale(value))
    return html`<line class="grid" x1="${LEFT}" x2="${CHART_WIDTH - RIGHT}" y1="${y}" y2="${y}" /><text
        class="end"
        x="${LEFT - 8}"
        y="${y}"
        dy="3.5"
        >${mark(value)}</text
      >`
  })
  return html`<text class="title" x="${LEFT}" y="${panel.top - 16}">${title}</text>${marks}`
}

/** The outline of one series on top of those before it, segment by segment. */
function stackPath(
  bins: BandwidthBins,
  axis: FoldedAxis,
  series: number,
  y: (byteCount: number) => number,
): string {
  const below = (i: number) => {
    let sum = 0
    for (let s = 0; s < series; s++) sum += bins.series[s]!.byteCounts[i]!
    return sum
  }
  return binRuns(bins, (i) => bins.series[series]!.byteCounts[i]! > 0)
    .map(([first, end]) => {
      let path = `M${coordinate(leftOf(bins, axis, first))},${coordinate(y(below(first)))}`
      for (let i = first; i < end; i++) {
        path += `V${coordinate(y(below(i) + bins.series[series]!.byteCounts[i]!))}H${coordinate(rightOf(bins, axis, i))}`
      }
      for (let i = end - 1; i >= first; i--) {
        path += `V${coordinate(y(below(i)))}H${coordinate(leftOf(bins, axis, i))}`
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

/** The highest step. Shorter spans have higher peaks without an end: one packet alone fills its microsecond. */
function peakSentence({ summary, clock }: ReportContext, bins: BandwidthBins): string {
  let peak = 0
  for (let i = 1; i < bins.starts.length; i++) if (stackedBytes(bins, i) > stackedBytes(bins, peak)) peak = i
  const origin = parseMoment(summary.capture.firstTimestamp)
  const start = bins.starts[peak]!
  const at = origin === null ? null : clock.fields(origin.milliseconds + start * 1000)
  const when = at === null ? '' : `, at ${at.date} ${at.time} ${clock.zoneName}`
  const rate = scaled((8 * stackedBytes(bins, peak)) / bins.binSeconds, 'bit/s')
  return `peak ${rate}, ${duration(start)} after the first packet${when}`
}

function captionText(context: ReportContext, bins: BandwidthBins, { folds }: FoldedAxis): Html {
  const { capture, findings } = context.summary
  const offAxis = capture.packetCount - bins.packetCount
  const sentences = [
    `Each step is the mean over ${duration(bins.binSeconds)}; ${peakSentence(context, bins)}.`,
    `The steps hold ${count(bins.packetCount)} packets and ${bytes(bins.byteCount)} (original bytes on the wire).`,
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

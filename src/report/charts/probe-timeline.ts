/** A scan probe by probe: when each came, at which port or address, how it was answered, and where the rule fired. */

import { scaleLinear } from 'd3-scale'
import type { ReportContext } from '../context.ts'
import type { Finding, FindingEvidence } from '../../engine/summarize/capture-summary.ts'
import { count, duration } from '../text/figures.ts'
import { type Html, html } from '../text/html.ts'
import { parseMoment } from '../text/moment.ts'
import { OUTCOMES } from '../text/names.ts'
import { chart, CHART_WIDTH, coordinate, fitted } from './drawing.ts'
import { axisCaption, isRelative, tickMark, timeTicks } from './time-ticks.ts'

const LEFT = 118
const RIGHT = 14
const TOP = 22
const HEIGHT = 150
/** Up to this many different ports or addresses get a lane with a name each. */
const LANE_COUNT_MAX = 12

type Probe = FindingEvidence['probes'][number]

interface Lanes {
  readonly height: number
  readonly of: (probe: Probe) => number
  readonly labels: Html
}

/** Nothing without probes. Marks that would cover each other exactly are drawn once. */
export function probeTimeline({ clock, summary }: ReportContext, finding: Finding): Html {
  const probes = finding.evidence?.probes ?? []
  if (finding.evidence === null || probes.length === 0) return html``
  let [first, last] = [Infinity, -Infinity]
  for (const [seconds] of probes) {
    first = Math.min(first, seconds)
    last = Math.max(last, seconds)
  }
  if (first === last) last = first + 1e-6
  const place = scaleLinear()
    .domain([first, last])
    .range([LEFT + 6, CHART_WIDTH - RIGHT - 6])
  const origin = parseMoment(summary.capture.firstTimestamp)
  const relative = isRelative(origin, first, last)
  const lanes = hasMorePorts(probes) ? portLanes(probes) : addressLanes(probes, finding)
  const bottom = TOP + lanes.height
  const ticks = timeTicks(clock, { origin, range: [first, last], wanted: 6, relative, dateShown: null })
  const tickMarks = ticks.map(({ seconds, label }) => tickMark(place(seconds), bottom, label))
  // Drawn in this order, the few that were answered lie on top of the many that were not.
  const marks = OUTCOMES.map((outcome, index) => {
    const path = markPath(probes, index, (probe) => [place(probe[0]), TOP + lanes.of(probe)])
    return path === '' ? html`` : html`<path class="probes ${outcome}" d="${path}" />`
  }).reverse()
  const total = finding.evidence.probeCount
  const shown =
    probes.length < total
      ? `the first ${count(probes.length)} of ${count(total)} probes`
      : total === 1
        ? 'the one probe'
        : `all ${count(total)} probes`
  const label = `Probes over ${duration(last - first)}: one mark each`
  const content = html`${lanes.labels}<line
      class="axis"
      x1="${LEFT}"
      x2="${CHART_WIDTH - RIGHT}"
      y1="${bottom}"
      y2="${bottom}"
    />${tickMarks}
    <text class="end" x="${CHART_WIDTH - RIGHT}" y="${bottom + 36}">${axisCaption(clock, relative)}</text>
    ${marks}${firing(finding, probes, place, bottom)}`
  return html`<figure class="timeline">
    ${chart(bottom + 40, label, content)} ${outcomeLegend(probes)}
    <figcaption>
      One mark for each of ${shown}, by ${hasMorePorts(probes) ? 'port' : 'address'}, in order from the top.
      The dashed line is the probe at which the rule fired.
    </figcaption>
  </figure>`
}

function hasMorePorts(probes: readonly Probe[]): boolean {
  return new Set(probes.map(([, , port]) => port)).size >= new Set(probes.map(([, target]) => target)).size
}

function portLanes(probes: readonly Probe[]): Lanes {
  const name = (port: number) => (port < 0 ? 'no port' : `port ${port}`)
  return lanesOf(probes, ([, , port]) => port, name)
}

function addressLanes(probes: readonly Probe[], { targets }: Finding): Lanes {
  return lanesOf(
    probes,
    ([, target]) => target,
    (index) => targets.addresses[index] ?? 'not listed',
  )
}

/** A lane for each of a few; many lie in order at even distances, and every fourth part of them is named. */
function lanesOf(
  probes: readonly Probe[],
  keyOf: (probe: Probe) => number,
  name: (key: number) => string,
): Lanes {
  const keys = [...new Set(probes.map(keyOf))].sort((a, b) => a - b)
  if (keys.length <= LANE_COUNT_MAX) return namedLanes(keys, keyOf, name)
  const rank = new Map(keys.map((key, place) => [key, place]))
  const scale = scaleLinear()
    .domain([0, keys.length - 1])
    .range([4, HEIGHT - 4])
  const labels = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const place = Math.round(part * (keys.length - 1))
    return gridLine(scale(place), name(keys[place]!))
  })
  return { height: HEIGHT, of: (probe) => scale(rank.get(keyOf(probe))!), labels: html`${labels}` }
}

function namedLanes(
  keys: readonly number[],
  keyOf: (probe: Probe) => number,
  name: (key: number) => string,
): Lanes {
  const laneHeight = Math.max(18, Math.min(40, 80 / keys.length))
  const y = (key: number) => (keys.indexOf(key) + 0.5) * laneHeight
  const labels = html`${keys.map((key) => gridLine(y(key), name(key)))}`
  return { height: keys.length * laneHeight, of: (probe) => y(keyOf(probe)), labels }
}

function gridLine(y: number, label: string): Html {
  const at = coordinate(TOP + y)
  return html`<line class="grid" x1="${LEFT}" x2="${CHART_WIDTH - RIGHT}" y1="${at}" y2="${at}" /><text
      class="end small"
      x="${LEFT - 8}"
      y="${at}"
      dy="3.5"
      >${fitted(label, LEFT - 10, 5.8)}</text
    >`
}

/** One point a probe; the style sheet sets the outcome's mark on each. Marks that would cover each other are one. */
function markPath(
  probes: readonly Probe[],
  outcome: number,
  at: (probe: Probe) => readonly [number, number],
): string {
  const points = new Set<string>()
  for (const probe of probes) {
    if (probe[3] !== outcome) continue
    const [x, y] = at(probe).map((value) => Math.round(value * 2) / 2) as [number, number]
    points.add(`${x},${y}`)
  }
  // A path of a single point has no marks in some browsers: the last point is said twice.
  return points.size === 0 ? '' : `M${[...points, [...points].at(-1)].join(' ')}`
}

/** Every outcome has a shape as well as a colour: disc, cross, triangle, dash, dot. */
const SHAPES = {
  open: 'M-4,0a4,4 0 1 0 8,0a4,4 0 1 0 -8,0z',
  refused: 'M-3,-3l6,6m0,-6l-6,6',
  filtered: 'M0,-4l4,7h-8z',
  silent: 'M-3,0h6',
  unknown: 'M-1.5,0a1.5,1.5 0 1 0 3,0a1.5,1.5 0 1 0 -3,0z',
} as const

/** The marks of all timelines of a page, once. */
export function probeMarks(): Html {
  return html`<svg class="unseen" aria-hidden="true">
    <defs>
      ${OUTCOMES.map(
        (outcome) =>
          html`<marker
            id="probe-${outcome}"
            viewBox="-6 -6 12 12"
            markerWidth="12"
            markerHeight="12"
            markerUnits="userSpaceOnUse"
          >
            <path class="mark ${outcome}" d="${SHAPES[outcome]}" />
          </marker>`,
      )}
    </defs>
  </svg>`
}

function outcomeLegend(probes: readonly Probe[]): Html {
  const items = OUTCOMES.map((outcome, index) => {
    const found = probes.filter((probe) => probe[3] === index).length
    return found === 0
      ? html``
      : html`<li>
          <svg class="swatch" viewBox="-6 -6 12 12" aria-hidden="true">
            <path class="mark ${outcome}" d="${SHAPES[outcome]}" />
          </svg>
          <span>${outcome}</span><span class="figure">${count(found)}</span>
        </li>`
  })
  return html`<ul class="legend">
    ${items}
  </ul>`
}

function firing(
  { firedFrame }: Finding,
  probes: readonly Probe[],
  place: (seconds: number) => number,
  bottom: number,
): Html {
  const probe = firedFrame === null ? undefined : probes.find(([, , , , frame]) => frame >= firedFrame)
  if (probe === undefined) return html``
  const x = coordinate(place(probe[0]))
  const isLate = place(probe[0]) > CHART_WIDTH - 200
  return html`<line class="fired" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}" /><text
      class="${isLate ? 'end' : 'start'} small"
      x="${x}"
      y="${TOP - 10}"
      dx="${isLate ? -4 : 4}"
      >fired at frame ${count(firedFrame!)}</text
    >`
}

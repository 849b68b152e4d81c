/** The probes of a finding as a timeline draws them: places, outcomes, a running count, and the cells of a grid. */

import { type Evidence, probeOutcomes } from '../../contract/index.ts'
import { type OutcomeName, words } from '../words/field-words.ts'
import type { Gap } from './time-axis.ts'

export interface Probe {
  readonly seconds: number
  /** Address, or null where the finding lists too many. */
  readonly target: string | null
  /** -1 for probes without ports. */
  readonly port: number
  readonly outcome: OutcomeName
  readonly frame: number
}

export function probesOf(evidence: Evidence): Probe[] {
  const { addresses } = evidence.finding.targets
  return evidence.probes.map(([seconds, target, port, outcome, frame]) => ({
    seconds,
    target: addresses[target] ?? null,
    port,
    outcome: probeOutcomes[outcome] ?? 'unknown',
    frame,
  }))
}

/** Silences between probes worth folding: a twelfth of the whole and ten times the usual pause, the longest 20. */
export function silencesOf(probes: readonly Probe[]): Gap[] {
  const first = probes[0]
  const last = probes.at(-1)
  if (first === undefined || last === undefined || probes.length < 4) return []
  const pauses = probes.slice(1).map((probe, i): Gap => [probes[i]!.seconds, probe.seconds])
  const lengths = pauses.map(([start, end]) => end - start).sort((a, b) => a - b)
  const usual = lengths[lengths.length >> 1] ?? 0
  const least = Math.max((last.seconds - first.seconds) / 12, usual * 10, 1)
  return pauses
    .filter(([start, end]) => end - start >= least)
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, 20)
    .sort((a, b) => a[0] - b[0])
}

/** How many different places (target and port) had been tried after each probe. */
export function runningPlaces(probes: readonly Probe[]): number[] {
  const seen = new Set<string>()
  return probes.map((probe) => {
    seen.add(`${probe.target ?? ''} ${probe.port}`)
    return seen.size
  })
}

/** The probe at which the rule fired: the last one whose frame is not after `frame`. -1 when it fired before all. */
export function firingProbe(probes: readonly Probe[], frame: number | null): number {
  if (frame === null) return -1
  return probes.findLastIndex((probe) => probe.frame <= frame)
}

/**
 * The frame at which the measure, drawn from the probes alone, reaches its threshold, where the rule fired at another one.
 * Null where they are the same, or where there is no measure.
 */
export function otherCrossing({ finding, probes, scores, scoreThreshold }: Crossed): number | null {
  if (scores === null || scoreThreshold === null || finding.firedFrame === null) return null
  const frame = probes[scores.findIndex((score) => score >= scoreThreshold)]?.[4]
  return frame === undefined || frame === finding.firedFrame ? null : frame
}

type Crossed = Pick<Evidence, 'probes' | 'scores' | 'scoreThreshold'> & {
  readonly finding: Pick<Evidence['finding'], 'firedFrame'>
}

/** What the line above the probes counts. */
export function scoreNameOf({ finding, scores }: Pick<Evidence, 'finding' | 'scores'>): string {
  const { firedBy } = finding.measures
  return scores === null || typeof firedBy !== 'string' ? 'places tried' : words(firedBy)
}

/** Room above and below for whole marks: half a step is less than a mark once there are dozens of steps. */
export function laneRange(stepCount: number): { readonly min: number; readonly max: number } {
  const room = Math.max(0.5, stepCount * MARK_SHARE)
  return { min: -room, max: stepCount - 1 + room }
}

/** Of the chart's least height, about half a mark and its border. */
const MARK_SHARE = 0.035

/** What says most about a place stands: open before refused before filtered before silent. */
const strength: Readonly<Record<OutcomeName, number>> = {
  open: 4,
  refused: 3,
  filtered: 2,
  silent: 1,
  unknown: 0,
}

export interface GridCell {
  readonly row: number
  readonly column: number
  readonly target: string
  readonly port: number
  readonly outcome: OutcomeName
  readonly frame: number
  readonly probeCount: number
}

export interface ProbeGrid {
  /** `both`: hosts down and ports across; else one of them wrapped into lines. */
  readonly kind: 'both' | 'ports' | 'hosts'
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly GridCell[]
  readonly hostCount: number
  readonly portCount: number
  readonly drawnHostCount: number
  readonly drawnPortCount: number
}

const wrapColumns = 40
const hostsMax = 40
const portsMax = 60
const wrappedMax = 1000

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** Places tried, strongest outcome each; most tried hosts and ports when there are more than a picture holds. */
export function probeGrid(probes: readonly Probe[]): ProbeGrid {
  const places = new Map<
    string,
    { target: string; port: number; outcome: OutcomeName; frame: number; probeCount: number }
  >()
  const hostTries = new Map<string, number>()
  const portTries = new Map<number, number>()
  for (const probe of probes) {
    const target = probe.target ?? 'not listed'
    hostTries.set(target, (hostTries.get(target) ?? 0) + 1)
    portTries.set(probe.port, (portTries.get(probe.port) ?? 0) + 1)
    const key = `${target} ${probe.port}`
    const known = places.get(key)
    if (known === undefined) {
      places.set(key, { target, port: probe.port, outcome: probe.outcome, frame: probe.frame, probeCount: 1 })
    } else {
      known.probeCount++
      if (strength[probe.outcome] > strength[known.outcome]) known.outcome = probe.outcome
    }
  }
  const kind = hostTries.size <= 1 ? 'ports' : portTries.size <= 1 ? 'hosts' : 'both'
  const most = <K>(tries: ReadonlyMap<K, number>, countMax: number): K[] =>
    [...tries]
      .sort((a, b) => b[1] - a[1])
      .slice(0, countMax)
      .map(([key]) => key)
  const hosts = most(hostTries, kind === 'hosts' ? wrappedMax : hostsMax).sort(byNumber)
  const ports = most(portTries, kind === 'ports' ? wrappedMax : portsMax).sort((a, b) => a - b)
  const hostPlace = new Map(hosts.map((host, i) => [host, i]))
  const portPlace = new Map(ports.map((port, i) => [port, i]))

  const cells: GridCell[] = []
  for (const place of places.values()) {
    const host = hostPlace.get(place.target)
    const port = portPlace.get(place.port)
    if (host === undefined || port === undefined) continue
    const index = kind === 'ports' ? port : host
    cells.push({
      ...place,
      row: kind === 'both' ? host : Math.floor(index / wrapColumns),
      column: kind === 'both' ? port : index % wrapColumns,
    })
  }
  const lines = Math.ceil((kind === 'ports' ? ports.length : hosts.length) / wrapColumns)
  const lineName = (line: number): string =>
    kind === 'ports' ? String(ports[line * wrapColumns] ?? '') : (hosts[line * wrapColumns] ?? '')
  return {
    kind,
    rows: kind === 'both' ? hosts : Array.from({ length: lines }, (_, line) => lineName(line)),
    columns: kind === 'both' ? ports.map(String) : [],
    cells,
    hostCount: hostTries.size,
    portCount: portTries.size,
    drawnHostCount: hosts.length,
    drawnPortCount: ports.length,
  }
}

/**
 * Beacons as findings: one each while they are few. A source that keeps time with many services (a monitor), or a service
 * that many sources keep time with (an update server), is one finding of all, its severity on the scale of tens: the table
 * shows what is rare.
 */

import { distinct, groupsBy } from '../groups-by-sorting.ts'
import { logSeverity } from '../severity.ts'
import type { Beacon } from './beacons.ts'
import { quantile } from './beacon-score.ts'
import { recordSpan } from './record-span.ts'
import { serviceFilters, starFilters, transportOf } from './service-filters.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** Findings of this rule, most regular first. */
const FINDINGS_MAX = 200

export function beaconFindings(context: TrafficContext, beacons: readonly Beacon[]): TrafficDraft[] {
  const { table, limits } = context
  const bySource = groupsBy(beacons, ({ attempt }) => table.source(attempt))
  const drafts: TrafficDraft[] = []
  const rest: Beacon[] = []
  for (const own of bySource) {
    if (own.length >= limits.beacon.foldedServices) drafts.push(foldedDraft(context, own, true))
    else rest.push(...own)
  }
  const service = ({ attempt }: Beacon): string =>
    `${table.hosts.text(table.target(attempt))} ${transportOf(table, attempt)} ${table.port(attempt)}`
  for (const own of groupsBy(rest, service)) {
    if (own.length >= limits.beacon.foldedServices) drafts.push(foldedDraft(context, own, false))
    else drafts.push(...own.map((beacon) => singleDraft(context, beacon)))
  }
  return drafts.sort((x, y) => y.confidence - x.confidence).slice(0, FINDINGS_MAX)
}

function singleDraft(context: TrafficContext, { attempt, rows, contacts, score }: Beacon): TrafficDraft {
  const { table } = context
  const limits = context.limits.beacon
  const source = table.hosts.text(table.source(attempt))
  const target = table.hosts.text(table.target(attempt))
  const port = table.port(attempt)
  const period = periodText(score.medianIntervalSeconds)
  return {
    rule: 'beacon',
    severity: logSeverity(contacts),
    confidence: 0.5 * score.score,
    title: `${source} contacts ${target} port ${port} every ${period}`,
    explanation: `${source} contacted ${target} port ${port} ${contacts} times, ${period} apart, with even timing and sizes (score ${rounded(score.score)} of 1).`,
    actors: [source],
    targets: [target],
    ports: [port],
    ...spanFields(recordSpan(table, rows)),
    firedFrame: firedFrame(context, rows),
    measures: {
      score: rounded(score.score),
      scoreThreshold: limits.score,
      timing: rounded(score.timing),
      size: rounded(score.size),
      duration: rounded(score.duration),
      histogram: rounded(score.histogram),
      contacts,
      connections: rows.length,
      connectionsThreshold: limits.connections,
      medianIntervalSeconds: rounded(score.medianIntervalSeconds),
    },
    ...serviceFilters(table, attempt),
  }
}

function foldedDraft(context: TrafficContext, own: readonly Beacon[], isOfSource: boolean): TrafficDraft {
  const { table } = context
  const limits = context.limits.beacon
  const text = (host: number): string => table.hosts.text(host)
  const sources = distinct(own.map(({ attempt }) => table.source(attempt)))
  const targets = distinct(own.map(({ attempt }) => table.target(attempt)))
  const ports = distinct(own.map(({ attempt }) => table.port(attempt)))
  const scores = own.map(({ score }) => score.score).sort((x, y) => x - y)
  const median = quantile(scores, 0.5)
  const rows = own.reduce((sum, beacon) => sum + beacon.rows.length, 0)
  const all = new Int32Array(rows)
  let filled = 0
  for (const beacon of own) {
    all.set(beacon.rows, filled)
    filled += beacon.rows.length
  }
  const first = own.reduce((x, y) => (firedFrame(context, y.rows) < firedFrame(context, x.rows) ? y : x))
  const title = isOfSource
    ? `${text(sources[0]!)} contacts ${own.length} services at even intervals`
    : `${sources.length} hosts contact ${text(targets[0]!)} port ${ports[0]!} at even intervals`
  const why = isOfSource
    ? 'one host that keeps time with so many is most likely a monitor or a poller'
    : 'a service so many keep time with is most likely meant to be asked'
  return {
    rule: 'beacon',
    severity: logSeverity(own.length),
    // What so many share is everyday life more often than one alone (RITA's prevalence modifier).
    confidence: 0.35 * median,
    title,
    explanation: `${title} (median score ${rounded(median)} of 1): ${why}.`,
    actors: sources.map(text),
    targets: targets.map(text),
    ports,
    ...spanFields(recordSpan(table, all)),
    firedFrame: firedFrame(context, first.rows),
    measures: {
      services: own.length,
      foldedServicesThreshold: limits.foldedServices,
      score: rounded(median),
      scoreThreshold: limits.score,
      connections: rows,
      connectionsThreshold: limits.connections,
    },
    ...starFilters(
      table,
      own.map(({ attempt }) => attempt),
      isOfSource,
    ),
  }
}

/** `6 s`, `90 s`, `15 min`. */
export function periodText(seconds: number): string {
  return seconds < 120 ? `${rounded(seconds, 1)} s` : `${rounded(seconds / 60, 1)} min`
}

function firedFrame({ table, limits }: TrafficContext, rows: Int32Array): number {
  return table.firstFrame(rows[Math.min(rows.length, limits.beacon.connections) - 1]!)
}

function rounded(value: number, digits = 3): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

/** Regular calls home: services contacted at even intervals with even sizes. */

import { logSeverity } from '../severity.ts'
import { beaconScore } from './beacon-score.ts'
import { recordSpan } from './record-span.ts'
import type { RepeatedService } from './repeated-connections.ts'
import { serviceFilters } from './service-filters.ts'
import { spanFields } from './syn-flood.ts'
import type { TrafficContext } from './traffic-context.ts'
import type { TrafficDraft } from './traffic-draft.ts'

/** RITA calls more than one connection a second for a day a strobe, not a beacon; scored ones are sampled. */
const SCORED_MAX = 86_400

/** Findings of this rule. */
const BEACONS_MAX = 200

/** Services whose clients keep time by asking: an answer to "what time is it" every minute is no secret. */
const TIMEKEEPING: readonly number[] = [123, 53, 5353]

export function beacons(context: TrafficContext, services: readonly RepeatedService[]): TrafficDraft[] {
  const { table, view } = context
  const limits = context.limits.beacon
  const drafts: TrafficDraft[] = []
  for (const { attempt, rows } of services) {
    if (
      rows.length < limits.connections ||
      rows.length > SCORED_MAX ||
      TIMEKEEPING.includes(table.port(attempt))
    )
      continue
    const times: number[] = []
    const sizes: number[] = []
    for (const row of rows) {
      times.push(table.firstSeconds(row))
      sizes.push(view.go(row).originatorByteCount)
    }
    times.sort((x, y) => x - y)
    const result = beaconScore(times, sizes, table.durationSeconds)
    if (result.score < limits.score || result.medianIntervalSeconds < limits.periodSecondsMin) continue
    const source = table.hosts.text(table.source(attempt))
    const target = table.hosts.text(table.target(attempt))
    const port = table.port(attempt)
    const span = recordSpan(table, rows)
    const round = (value: number): number => Math.round(value * 1000) / 1000
    drafts.push({
      rule: 'beacon',
      severity: logSeverity(rows.length),
      confidence: 0.5 * result.score,
      title: `${source} contacts ${target} port ${port} every ${Math.round(result.medianIntervalSeconds)} s`,
      explanation: `${source} opened ${rows.length} conversations with ${target} port ${port}, ${Math.round(result.medianIntervalSeconds)} s apart, with even timing and sizes (score ${round(result.score)} of 1).`,
      actors: [source],
      targets: [target],
      ports: [port],
      ...spanFields(span),
      firedFrame: table.firstFrame(rows[Math.min(rows.length, limits.connections) - 1]!),
      measures: {
        score: round(result.score),
        scoreThreshold: limits.score,
        timing: round(result.timing),
        size: round(result.size),
        duration: round(result.duration),
        histogram: round(result.histogram),
        connections: rows.length,
        connectionsThreshold: limits.connections,
        medianIntervalSeconds: round(result.medianIntervalSeconds),
      },
      ...serviceFilters(table, attempt),
    })
  }
  // The most regular ones tell the most; thousands of pollers would bury them.
  return drafts.sort((x, y) => y.confidence - x.confidence).slice(0, BEACONS_MAX)
}

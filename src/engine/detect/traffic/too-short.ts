/** Sources whose contacts look like a beacon's so far, in a capture too short to tell: neither found nor forgotten. */

import type { AttemptTable } from '../attempt-table.ts'
import type { DismissedRow } from '../finding.ts'
import type { RuleLimits } from '../rules.ts'
import { periodText } from './beacon-findings.ts'
import type { Beacon } from './beacons.ts'

/** Rows kept, most contacts first. */
const ROWS_MAX = 200

/** One row a source. */
export function tooShortToJudge(
  table: AttemptTable,
  tooShort: readonly Beacon[],
  { connections }: RuleLimits['beacon'],
): DismissedRow[] {
  // By text, which V8 hashes with a secret: addresses are chosen by those who made the capture.
  const bySource = new Map<string, Beacon[]>()
  for (const beacon of tooShort) {
    const source = table.hosts.text(table.source(beacon.attempt))
    const known = bySource.get(source)
    if (known === undefined) bySource.set(source, [beacon])
    else known.push(beacon)
  }
  const rows = [...bySource].map(([source, own]) => {
    const most = own.reduce((x, y) => (y.contacts > x.contacts ? y : x))
    return { contacts: most.contacts, row: rowOf(table, source, own, most, connections) }
  })
  return rows
    .sort((x, y) => y.contacts - x.contacts)
    .slice(0, ROWS_MAX)
    .map(({ row }) => row)
}

function rowOf(
  table: AttemptTable,
  source: string,
  own: readonly Beacon[],
  { attempt, contacts, score }: Beacon,
  connections: number,
): DismissedRow {
  const service = `${table.hosts.text(table.target(attempt))} port ${table.port(attempt)}`
  const others = own.length === 1 ? '' : ` and ${own.length - 1} other services likewise`
  const period = periodText(score.medianIntervalSeconds)
  return {
    address: source,
    reason: 'too-short-to-judge',
    explanation: `Contacted ${service} every ${period}, ${contacts} times${others}, but the capture is too short to tell a beacon: it takes ${connections} contacts, ${periodText(connections * score.medianIntervalSeconds)} at this pace.`,
    measures: {
      services: own.length,
      contacts,
      contactsThreshold: connections,
      medianIntervalSeconds: Math.round(score.medianIntervalSeconds * 1000) / 1000,
      captureSeconds: Math.round(table.durationSeconds * 1000) / 1000,
      timing: Math.round(score.timing * 1000) / 1000,
      size: Math.round(score.size * 1000) / 1000,
    },
  }
}

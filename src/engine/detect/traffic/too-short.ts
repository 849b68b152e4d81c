/** Sources whose contacts look like a beacon's so far, in a capture too short to tell: neither found nor forgotten. */

import type { AttemptTable } from '../attempt-table.ts'
import type { DismissedRow } from '../finding.ts'
import { groupsBy } from '../groups-by-sorting.ts'
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
  const rows = groupsBy(tooShort, ({ attempt }) => table.source(attempt)).map((own) => {
    const most = own.reduce((x, y) => (y.contacts > x.contacts ? y : x))
    return { contacts: most.contacts, row: rowOf(table, own, most, connections) }
  })
  return rows
    .sort((x, y) => y.contacts - x.contacts)
    .slice(0, ROWS_MAX)
    .map(({ row }) => row)
}

function rowOf(
  table: AttemptTable,
  own: readonly Beacon[],
  { attempt, contacts, score }: Beacon,
  connections: number,
): DismissedRow {
  const service = `${table.hosts.text(table.target(attempt))} port ${table.port(attempt)}`
  const others = own.length === 1 ? '' : ` and ${own.length - 1} other services likewise`
  const period = periodText(score.medianIntervalSeconds)
  return {
    address: table.hosts.text(table.source(attempt)),
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

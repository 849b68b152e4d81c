/** Services contacted again and again, with the time and size of each conversation: what beacons and guessed logins are told from. */

import type { TrafficContext } from './traffic-context.ts'
import { hasPort } from '../probe-kind.ts'

/** Services looked at, most conversations first; each costs its conversations. */
const SERVICES_MAX = 20_000

export interface RepeatedService {
  readonly attempt: number
  /** Its conversations, in the order of their first frames. */
  readonly rows: Int32Array
}

/** Attempts of at least `count` conversations that are used. */
export function repeatedServices({ table }: TrafficContext, count: number): RepeatedService[] {
  const chosen: number[] = []
  for (let attempt = 0; attempt < table.count; attempt++) {
    if (table.recordCount(attempt) >= count && table.isServed(attempt) && hasPort(table.kind(attempt)))
      chosen.push(attempt)
  }
  chosen.sort((x, y) => table.recordCount(y) - table.recordCount(x) || x - y)
  chosen.length = Math.min(chosen.length, SERVICES_MAX)
  if (chosen.length === 0) return []
  const place = new Int32Array(table.count).fill(-1)
  chosen.forEach((attempt, index) => (place[attempt] = index))
  const rows = chosen.map((attempt) => new Int32Array(table.recordCount(attempt)))
  const filled = new Int32Array(chosen.length)
  for (let row = 0; row < table.attemptOfRow.length; row++) {
    const attempt = table.attemptOfRow[row]!
    const index = attempt === -1 ? -1 : place[attempt]!
    if (index !== -1 && filled[index]! < rows[index]!.length) rows[index]![filled[index]!++] = row
  }
  return chosen.map((attempt, index) => ({ attempt, rows: rows[index]!.subarray(0, filled[index]) }))
}

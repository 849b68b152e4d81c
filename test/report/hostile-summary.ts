/** Summaries for tests of every output: texts that have broken pages, spreadsheets and terminals. */

import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'
import { PAYLOADS } from '../hostile/payloads.data.ts'
import { officeSummary } from './office-summary.ts'

export { PAYLOADS } from '../hostile/payloads.data.ts'

/** Values that name one of a few known words, or digits the engine made: replaced only when `everything` is. */
const chosen = new Set([
  'schema',
  'severity',
  'format',
  'compression',
  'basis',
  'applicationBasis',
  'sha256',
  'firstTimestamp',
  'lastTimestamp',
])

/** The office with a payload in every text, keys of open records included; `everything` spoils the chosen words too. */
export function hostileSummary(
  everything = false,
  base: CaptureSummary = officeSummary({ isDamaged: true }),
): CaptureSummary {
  let next = 0
  const payload = () => PAYLOADS[next++ % PAYLOADS.length]!
  const openRecords = new Set(['measures', 'thresholds', 'applications', 'tables'])
  const spoil = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      if (name === 'schema') return value
      return chosen.has(name) && !everything ? value : `${payload()}${value}`
    }
    if (Array.isArray(value)) return value.map((one) => spoil(one, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        openRecords.has(name) ? `${key}${payload()}` : key,
        spoil(one, key),
      ]),
    )
  }
  return spoil(base, '') as CaptureSummary
}

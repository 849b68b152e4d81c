/** Every shared capture against what tshark says of it; where we differ, deviations.tsv says why. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { expectedOf, hasSharedCaptures, SHARED, sharedCaptures } from './shared-captures.ts'
import { expectedFigures, figuresOf } from './tshark-figures.ts'
import { summaryOf } from './whole-analysis.ts'

const LIST = 'test/captures/deviations.tsv'
const HEAD = 'capture\tfigure\ttshark\tours\treason'
/** At most this share of the captures may differ in any one figure. */
const DEVIATION_SHARE_MAX = 0.005

interface Deviation {
  readonly capture: string
  readonly figure: string
  readonly theirs: number
  readonly ours: number
  readonly reason: string
}

function listedDeviations(): Deviation[] {
  if (!existsSync(LIST)) return []
  const rows = readFileSync(LIST, 'utf8').trimEnd().split('\n').slice(1)
  return rows.map((row) => {
    const [capture = '', figure = '', theirs, ours, reason = ''] = row.split('\t')
    return { capture, figure, theirs: Number(theirs), ours: Number(ours), reason }
  })
}

function foundDeviations(): Deviation[] {
  const found: Deviation[] = []
  for (const capture of sharedCaptures()) {
    const expected = expectedOf(capture)
    if (expected.error !== undefined) continue
    const bytes = readFileSync(capture.path)
    const ours = figuresOf(summaryOf(capture.path.endsWith('.gz') ? gunzipSync(bytes) : bytes))
    for (const [figure, theirs] of expectedFigures(expected)) {
      const own = ours.get(figure) ?? 0
      if (own !== theirs) {
        found.push({ capture: capture.path.slice(SHARED.length + 1), figure, theirs, ours: own, reason: '' })
      }
    }
  }
  return found
}

const key = ({ capture, figure, theirs, ours }: Deviation): string =>
  [capture, figure, theirs, ours].join('\t')

describe.skipIf(!hasSharedCaptures)('against tshark (skipped where the shared captures are absent)', () => {
  it('differs exactly where the list of deviations says, with a reason for each', () => {
    const found = foundDeviations()
    const reasons = new Map(listedDeviations().map((each) => [key(each), each.reason]))
    if (process.env['UPDATE_DEVIATIONS'] === '1') {
      const rows = found.map((each) => `${key(each)}\t${reasons.get(key(each)) ?? ''}`)
      writeFileSync(LIST, `${[HEAD, ...rows].join('\n')}\n`)
    }
    expect(found.map(key).sort()).toEqual([...reasons.keys()].sort())
    for (const [row, reason] of reasons) expect(reason, row).not.toBe('')
  })

  it('differs in no figure on more than half a per cent of the captures', () => {
    const captureCount = sharedCaptures().length
    const counts = new Map<string, number>()
    for (const { figure } of listedDeviations()) counts.set(figure, (counts.get(figure) ?? 0) + 1)
    for (const [figure, count] of counts)
      expect(count / captureCount, figure).toBeLessThanOrEqual(DEVIATION_SHARE_MAX)
  })
})

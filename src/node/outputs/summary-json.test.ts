import { describe, expect, it } from 'vitest'
import { runAnalysis } from '../run-analysis.ts'
import { summaryJson } from './summary-json.ts'
import { listsHeld, rowsHeld, ROWS_HELD_MAX, summaryLists } from './summary-lists.ts'

const CAPTURE = 'samples/port-scan.pcapng'

async function analysed(rowLimit: number | null) {
  const outcome = await runAnalysis([CAPTURE], { rowLimit, findingLimit: null, hashSecret: [1, 2, 3, 4] })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome
}

describe('summaryJson', () => {
  it('is what JSON.stringify gives, and an end of line', async () => {
    const { summary } = await analysed(20)
    expect([...summaryJson(summary, listsHeld(summary))].join('')).toBe(`${JSON.stringify(summary)}\n`)
    const bare = { ...summary, endpoints: [], conversations: [] }
    expect([...summaryJson(bare, listsHeld(bare))].join('')).toBe(`${JSON.stringify(bare)}\n`)
  })

  it('lists all rows of a summary that holds few, as the summary that holds all does', async () => {
    const whole = await analysed(null)
    const few = await analysed(3)
    const lists = summaryLists(few.summary, few.analysis.aggregates, null)
    expect(few.summary.conversations).toHaveLength(3)
    const listed = JSON.parse([...summaryJson(few.summary, lists)].join('')) as typeof whole.summary
    expect(listed.conversations).toEqual(whole.summary.conversations)
    expect(listed.endpoints).toEqual(whole.summary.endpoints)
    expect(Object.keys(listed)).toEqual(Object.keys(whole.summary))
  })
})

it('holds as many rows as are wanted, and ten thousand where more are', () => {
  expect([0, 7, ROWS_HELD_MAX, ROWS_HELD_MAX + 1, null].map(rowsHeld)).toEqual([
    0,
    7,
    ROWS_HELD_MAX,
    ROWS_HELD_MAX,
    ROWS_HELD_MAX,
  ])
})

/** When partial summaries come, from times and costs the test chooses. */

import { expect, it } from 'vitest'
import { PartialSchedule } from './partial-schedule.ts'

/** Runs a reading of `untilMs` in steps of 25 ms; the table grows by `perMs` conversations a millisecond up to 400,000. */
function read(untilMs: number, perMs: number, costOf: (kind: 'all' | 'counters', count: number) => number) {
  const schedule = new PartialSchedule()
  const made: { kind: 'all' | 'counters'; atMs: number; costMs: number }[] = []
  for (let nowMs = 0; nowMs < untilMs; nowMs += 25) {
    const count = Math.min(400_000, nowMs * perMs)
    const kind = schedule.kindAt(nowMs, count)
    if (kind === null) continue
    // The first runs cold.
    const costMs = costOf(kind, count) * (made.length === 0 ? 4 : 1)
    made.push({ kind, atMs: nowMs, costMs })
    schedule.made(kind, nowMs, nowMs + costMs, count)
    nowMs += costMs
  }
  return made
}

it('the first comes early and is whole, so that every page has something to show', () => {
  expect(read(300, 100, () => 20)).toEqual([{ kind: 'all', atMs: 50, costMs: 80 }])
})

it('cheap ones come about once a second, whole', () => {
  const made = read(60_000, 0, () => 5)
  expect(made.every(({ kind }) => kind === 'all')).toBe(true)
  expect(made.length).toBeGreaterThan(50)
})

it('where a whole one would cost too much, totals and curves are renewed alone until it is affordable', () => {
  const made = read(60_000, 200, (kind, count) => (kind === 'all' ? count / 2000 : 10))
  expect(made[1]).toMatchObject({ kind: 'counters' })
  expect(made.filter(({ kind }) => kind === 'all').length).toBeGreaterThan(1)
  expect(made.filter(({ kind }) => kind === 'counters').length).toBeGreaterThan(20)
})

it('after the first, they take three hundredths of the time at most, and what one more counters cost', () => {
  for (const perMs of [0, 10, 1000]) {
    const made = read(100_000, perMs, (kind, count) => (kind === 'all' ? 50 + count / 500 : 20))
    let spentMs = 0
    for (const { atMs, costMs } of made.slice(1)) {
      spentMs += costMs
      expect(spentMs).toBeLessThanOrEqual(atMs * 0.03 + 20)
    }
  }
})

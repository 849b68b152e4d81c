/** The random walk, against the figures of its paper. */

import { describe, expect, it } from 'vitest'
import { failuresToFire, RandomWalk } from './sequential-test.ts'

const PAPER = { benignSuccess: 0.8, scannerSuccess: 0.2, falseAlarm: 0.01, detection: 0.99 }

function stepsTo(walk: RandomWalk, outcomes: readonly boolean[]): number | null {
  for (let i = 0; i < outcomes.length; i++) if (walk.step(outcomes[i]!)) return i + 1
  return null
}

const failures = (count: number): boolean[] => Array.from({ length: count }, () => true)

describe('the random walk', () => {
  it('flags four failures in a row with the paper’s parameters, as 4 to the 4th is more than 99', () => {
    expect(stepsTo(new RandomWalk(PAPER, 1), failures(10))).toBe(4)
  })

  it('needs three with success rates of 0.9 and 0.1, six with 0.7 and 0.3', () => {
    expect(
      stepsTo(new RandomWalk({ ...PAPER, benignSuccess: 0.9, scannerSuccess: 0.1 }, 1), failures(20)),
    ).toBe(3)
    expect(
      stepsTo(new RandomWalk({ ...PAPER, benignSuccess: 0.7, scannerSuccess: 0.3 }, 1), failures(20)),
    ).toBe(6)
  })

  it('asks more of each source the more are tested', () => {
    expect(stepsTo(new RandomWalk(PAPER, 1000), failures(20))).toBe(9)
  })

  it('is known to need as many failures as it takes from the beginning', () => {
    for (const [benignSuccess, scannerSuccess] of [
      [0.8, 0.2],
      [0.9, 0.1],
      [0.7, 0.3],
      [0.95, 0.5],
    ] as const)
      for (const sources of [1, 2, 7, 1000, 1_000_000]) {
        const parameters = { ...PAPER, benignSuccess, scannerSuccess }
        expect(failuresToFire(parameters, sources)).toBe(
          stepsTo(new RandomWalk(parameters, sources), failures(200)),
        )
      }
  })

  it('tells of the contacts since it began anew', () => {
    const walk = new RandomWalk(PAPER, 1)
    for (const isFailure of [false, false, true, false, false, false]) walk.step(isFailure)
    expect(walk).toMatchObject({ hasRestarted: true, contactCount: 0, failureCount: 0 })
    for (const isFailure of [true, true, false, true]) walk.step(isFailure)
    expect(walk).toMatchObject({ contactCount: 4, failureCount: 3 })
  })

  it('lets nobody save up good behaviour', () => {
    const good = Array.from({ length: 1000 }, () => false)
    expect(stepsTo(new RandomWalk(PAPER, 1), [...good, ...failures(10)])).toBe(1000 + 7)
  })

  it('never flags a source that succeeds as often as it fails', () => {
    const even = Array.from({ length: 2000 }, (_, i) => i % 2 === 0)
    expect(stepsTo(new RandomWalk(PAPER, 1), even)).toBeNull()
  })
})

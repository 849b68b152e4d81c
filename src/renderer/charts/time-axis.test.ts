import { describe, expect, it } from 'vitest'
import { axisTicks, roundStep, timeAxis } from './time-axis.ts'

describe('a time axis', () => {
  it('without gaps is time itself', () => {
    const axis = timeAxis(10, 20, [])
    expect(axis.placeOf(15)).toBe(15)
    expect(axis.secondsAt(15)).toBe(15)
    expect([axis.startAt, axis.endAt]).toEqual([10, 20])
  })

  it('folds a silence of a month into a narrow strip and tells how long it was', () => {
    const axis = timeAxis(0, 2_600_000, [[100, 2_599_900]])
    expect(axis.gaps).toHaveLength(1)
    expect(axis.gaps[0]!.lengthSeconds).toBe(2_599_800)
    expect(axis.endAt).toBeCloseTo(207)
    expect(axis.placeOf(2_600_000)).toBeCloseTo(207)
  })

  it('finds the second of every place again', () => {
    const axis = timeAxis(0, 1000, [
      [100, 300],
      [400, 900],
    ])
    for (const seconds of [0, 50, 100, 250, 350, 650, 950, 1000, 1010]) {
      expect(axis.secondsAt(axis.placeOf(seconds))).toBeCloseTo(seconds, 6)
    }
  })

  it('of a capture without length does not divide by it', () => {
    const axis = timeAxis(0, 0, [])
    expect(axis.placeOf(0)).toBe(0)
    expect(axisTicks(axis, 8, 0).ticks.length).toBeLessThan(3)
  })
})

describe('steps', () => {
  it.each([
    [0.0000031, 0.000005],
    [0.4, 0.5],
    [1.2, 2],
    [45, 60],
    [50_000, 86_400],
  ])('of at least %d s are %d s', (wanted, step) => {
    expect(roundStep(wanted)).toBeCloseTo(step, 12)
  })
})

describe('ticks', () => {
  it('fall on whole minutes of the clock, not of the capture', () => {
    const { ticks, stepSeconds } = axisTicks(timeAxis(0, 600, []), 10, 17)
    expect(stepSeconds).toBe(60)
    expect(ticks.map(({ seconds }) => (seconds + 17) % 60)).toEqual(ticks.map(() => 0))
  })

  it('are none inside a fold, and few however long it is', () => {
    const axis = timeAxis(0, 1e9, [[60, 1e9 - 60]])
    const { ticks } = axisTicks(axis, 8, 0)
    expect(ticks.length).toBeLessThan(20)
    expect(ticks.filter(({ seconds }) => seconds > 60 && seconds < 1e9 - 60)).toEqual([])
    expect(ticks.some(({ seconds }) => seconds >= 1e9 - 60)).toBe(true)
  })
})

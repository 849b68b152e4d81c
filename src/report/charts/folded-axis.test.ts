/** The time axis: to scale where there is traffic, narrow where there is a long silence. */

import { describe, expect, it } from 'vitest'
import { foldedAxis, placeOf } from './folded-axis.ts'

const DAY = 86_400
/** Seconds of `count` neighbouring buckets of one second. */
const burst = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i)

describe('the time axis', () => {
  it('without long silences is one segment over the whole width', () => {
    const { segments, folds } = foldedAxis(burst(0, 60), 1, 100, 600)
    expect(folds).toEqual([])
    expect(segments).toEqual([{ startSeconds: 0, endSeconds: 60, x: 100, width: 600 }])
  })

  it('folds a silence of days between two minutes, and spans the whole width', () => {
    const { segments, folds } = foldedAxis([...burst(0, 60), ...burst(3 * DAY, 60)], 1, 100, 600)
    expect(folds.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([[60, 3 * DAY]])
    expect(segments).toHaveLength(2)
    const last = segments[1]!
    expect(last.x + last.width).toBeCloseTo(700)
    expect(segments[0]!.width).toBeCloseTo(segments[1]!.width)
  })

  it('folds the nights of a job that runs once a day', () => {
    const starts = [0, 1, 2, 3, 4, 5].flatMap((day) => burst(day * DAY, 600))
    expect(foldedAxis(starts, 1, 0, 800).folds).toHaveLength(5)
  })

  it('folds no rhythm and no pause', () => {
    const everyTenth = Array.from({ length: 100 }, (_, i) => i * 10)
    expect(foldedAxis(everyTenth, 0.001, 0, 800).folds).toEqual([])
    expect(foldedAxis([...burst(0, 60), ...burst(80, 60)], 1, 0, 800).folds).toEqual([])
    expect(foldedAxis([0, 9], 0.001, 0, 800).folds).toEqual([])
    expect(foldedAxis([0, 11], 0.001, 0, 800).folds).toHaveLength(1)
  })

  it('never folds more than leaves room for the traffic', () => {
    const starts = Array.from({ length: 12 }, (_, i) => i * DAY)
    const { folds, segments } = foldedAxis(starts, 1, 0, 800)
    expect(folds.length).toBeLessThanOrEqual(8)
    expect(segments.every(({ width }) => width >= 18)).toBe(true)
  })

  it('shows a single bucket', () => {
    expect(foldedAxis([5], 0.001, 0, 800).segments).toMatchObject([{ startSeconds: 5, x: 0, width: 800 }])
  })

  it('places a moment in its segment, in the middle of its fold, or nowhere', () => {
    const axis = foldedAxis([...burst(0, 60), ...burst(3 * DAY, 60)], 1, 100, 600)
    expect(placeOf(axis, 0)).toBe(100)
    expect(placeOf(axis, 30)).toBeCloseTo(100 + axis.segments[0]!.width / 2)
    expect(placeOf(axis, DAY)).toBe(axis.folds[0]!.x + axis.folds[0]!.width / 2)
    expect(placeOf(axis, -1)).toBeNull()
    expect(placeOf(axis, 9 * DAY)).toBeNull()
  })
})

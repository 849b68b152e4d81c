/** Windows slide: no boundary splits what belongs together. */

import { describe, expect, it } from 'vitest'
import { firstWeightedRun, firstWindow, peakInWindow } from './sliding-window.ts'

const times = (...seconds: number[]): Float64Array => Float64Array.from(seconds)
const all = (): boolean => true
const none = (): boolean => false

describe('a sliding window', () => {
  it('finds the stretch that fixed windows of the same length would split', () => {
    // Two in the first ten seconds, two in the next: three within ten all the same.
    expect(firstWindow(times(1, 8, 11, 18), 10, 3, 0, all, none)).toEqual({ at: 2, from: 0 })
    expect(firstWindow(times(1, 8, 11.1, 18), 10, 3, 0, all, none)).toEqual({ at: 3, from: 1 })
    expect(firstWindow(times(1, 9, 11.1, 22), 10, 3, 0, all, none)).toBeNull()
  })

  it('holds hits against what speaks for the source', () => {
    const isHit = (place: number): boolean => place % 2 === 0
    expect(firstWindow(times(1, 2, 3, 4, 5), 10, 3, 1, isHit, (place) => !isHit(place))).toEqual({
      at: 4,
      from: 0,
    })
    expect(firstWindow(times(1, 2, 3, 4, 5), 10, 3, 2, isHit, (place) => !isHit(place))).toBeNull()
  })

  it('gives the most hits of any stretch', () => {
    expect(peakInWindow(times(0, 1, 5, 5.5, 6, 20), 2, all)).toBe(3)
    expect(peakInWindow(times(), 2, all)).toBe(0)
  })
})

describe('a weighted run', () => {
  it('goes on while the gaps are short, and counts what weighs nothing as no one’s step', () => {
    const weights = [3, 3, 0, 3]
    const weightOf = (place: number): number => weights[place]!
    expect(firstWeightedRun(times(0, 3, 4, 6), 3, 9, weightOf)).toEqual({ at: 3, from: 0 })
    expect(firstWeightedRun(times(0, 3, 4, 6.1), 3, 9, weightOf)).toBeNull()
  })
})

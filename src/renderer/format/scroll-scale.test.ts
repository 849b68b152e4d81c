import { describe, expect, it } from 'vitest'
import { heightMax, rowsInView, rowsInViewMax, scrollScale, topShowing } from './scroll-scale.ts'

describe('the scroll scale', () => {
  it('is one to one while the rows fit', () => {
    expect(scrollScale(1000, 30, 600)).toEqual({ height: 30_000, factor: 1 })
  })

  it('reaches the last row of ten million at the end of the scroll bar', () => {
    const { height, factor } = scrollScale(10_000_000, 34, 600)
    expect(height).toBe(heightMax)
    expect((height - 600) * factor).toBeCloseTo(10_000_000 * 34 - 600, 3)
  })
})

describe('rows in view', () => {
  it('are those between the edges, and a few more', () => {
    expect(rowsInView(300, 300, 30, 1000, 2)).toEqual({ first: 8, end: 22 })
  })

  it('never lie outside the table', () => {
    expect(rowsInView(0, 300, 30, 4, 5)).toEqual({ first: 0, end: 4 })
    expect(rowsInView(9000, 300, 30, 4, 5)).toEqual({ first: 4, end: 4 })
    expect(rowsInView(0, 300, 30, 0, 5)).toEqual({ first: 0, end: 0 })
  })
})

it('never more rows are in view than there are slots, and at worst as many', () => {
  for (const viewportHeight of [40, 299, 300, 301]) {
    const max = rowsInViewMax(viewportHeight, 30, 2)
    const counts = Array.from({ length: 300 }, (_, i) => {
      const { first, end } = rowsInView(500 + i / 3, viewportHeight, 30, 1000, 2)
      return end - first
    })
    expect(Math.max(...counts)).toBe(max)
  }
})

describe('showing a row', () => {
  it('moves no more than it must', () => {
    expect(topShowing(5, 100, 300, 30)).toBe(100)
    expect(topShowing(1, 100, 300, 30)).toBe(30)
    expect(topShowing(20, 100, 300, 30)).toBe(330)
  })
})

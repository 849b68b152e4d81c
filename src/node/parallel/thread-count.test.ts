import { describe, expect, it } from 'vitest'
import { threadCountFor } from './thread-count.ts'

const GIBIBYTE = 1024 ** 3

describe('the number of counting threads', () => {
  it('is one for whatever is below a gibibyte, and on one core', () => {
    expect(threadCountFor(8, GIBIBYTE - 1, 16)).toBe(1)
    expect(threadCountFor(8, GIBIBYTE, 1)).toBe(1)
    expect(threadCountFor(8, GIBIBYTE, 16)).toBe(8)
  })

  it('is what was asked for as far as cores go that nobody else needs, and never one of several', () => {
    expect(threadCountFor(4, GIBIBYTE, 4)).toBe(2)
    expect(threadCountFor(4, GIBIBYTE, 2)).toBe(2)
    expect(threadCountFor(3, GIBIBYTE, 16)).toBe(3)
  })

  it('is chosen only where two pay: from four gigabytes and four cores', () => {
    expect(threadCountFor('chosen', 3_999_999_999, 16)).toBe(1)
    expect(threadCountFor('chosen', 4_000_000_000, 3)).toBe(1)
    expect(threadCountFor('chosen', 4_000_000_000, 4)).toBe(2)
  })
})

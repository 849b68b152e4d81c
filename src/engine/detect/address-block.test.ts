/** Addresses in a row: walks and blocks, and what is neither. */

import { describe, expect, it } from 'vitest'
import { blockEnd, densestBlock, isBlock, walkEnd } from './address-block.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)
const every = (count: number, seconds: number) => Float64Array.from(upTo(count), (i) => i * seconds)
/** 0 to count - 1 in an order that never goes on by one. */
const shuffled = (count: number) => Float64Array.from(upTo(count), (i) => (i * 47) % count)

describe('a walk', () => {
  it('goes up or down, and over what was lost', () => {
    const times = every(30, 1)
    expect(walkEnd(Float64Array.from(upTo(30)), times, 25, 30)).toBe(24)
    expect(
      walkEnd(
        Float64Array.from(upTo(30), (i) => 100 - i),
        times,
        25,
        30,
      ),
    ).toBe(24)
    expect(
      walkEnd(
        Float64Array.from(upTo(30), (i) => 2 * i),
        times,
        25,
        30,
      ),
    ).toBe(24)
  })

  it('begins anew where the order is broken, with the two of them that may begin it', () => {
    const places = Float64Array.from([...upTo(10).map((i) => 50 - i), ...upTo(30).map((i) => 42 + i)])
    expect(walkEnd(places, every(40, 1), 25, 30)).toBe(33)
  })

  it('is none in any other order, nor over longer than the window', () => {
    expect(
      walkEnd(
        Float64Array.from(upTo(100), (i) => 3 * i),
        every(100, 0.1),
        25,
        30,
      ),
    ).toBe(-1)
    expect(walkEnd(shuffled(100), every(100, 0.1), 25, 30)).toBe(-1)
    expect(walkEnd(Float64Array.from(upTo(100)), every(100, 1.3), 25, 30)).toBe(-1)
  })
})

describe('a block', () => {
  it('may be asked for in any order, and lack one address in ten', () => {
    expect(blockEnd(shuffled(254), every(254, 0.05), 100, 30)).toBe(99)
    const lossy = shuffled(254).filter((place) => place % 11 !== 0)
    expect(blockEnd(lossy, every(lossy.length, 0.05), 100, 30)).toBe(99)
  })

  it('is none where addresses lie further apart, or are asked for too slowly', () => {
    const sparse = shuffled(254).map((place) => place * 1.3)
    expect(blockEnd(sparse, every(254, 0.05), 100, 30)).toBe(-1)
    expect(blockEnd(shuffled(254), every(254, 0.5), 100, 30)).toBe(-1)
  })

  it('is found among what lies elsewhere', () => {
    expect(densestBlock([1, 500, ...upTo(120).map((i) => 1000 + i), 5000], 100)).toEqual({
      from: 1000,
      to: 1119,
      count: 120,
    })
    expect(densestBlock(upTo(99), 100)).toBeNull()
  })

  it('is all of a list that fills nine tenths of its range', () => {
    expect(isBlock(Float64Array.of(5, 1, 2, 3, 4))).toBe(true)
    expect(isBlock(Float64Array.of(5, 1, 2, 3))).toBe(false)
    expect(isBlock(new Float64Array(0))).toBe(false)
  })
})

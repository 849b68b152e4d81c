/** Row numbers sorted by radix come out as a stable comparison sort puts them. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowNumbers, sortedRows } from './sort.ts'

/** What a stable sort by comparison gives; NaN last in both directions. */
function expected(rows: readonly number[], keys: readonly number[], isDescending: boolean): number[] {
  const compare = (a: number, b: number): number => {
    const [x, y] = [keys[a]!, keys[b]!]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return x === y ? 0 : (x < y ? -1 : 1) * (isDescending ? -1 : 1)
  }
  return [...rows].sort(compare)
}

describe('rows', () => {
  it('come out as a stable sort puts them, whatever the keys', () => {
    const keys = fc.array(
      fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }), fc.constant(-0), fc.constant(Number.NaN)),
    )
    fc.assert(
      fc.property(keys, fc.boolean(), (values, isDescending) => {
        const rows = rowNumbers(values.length)
        const sorted = sortedRows(rows, Float64Array.from(values), isDescending)
        expect([...sorted]).toEqual(expected([...rows], values, isDescending))
      }),
    )
  })

  it('keep the order they came in where keys are equal, also when that order is not by number', () => {
    const rows = Uint32Array.of(3, 1, 2, 0)
    expect([...sortedRows(rows, Float64Array.of(7, 7, 1, 7), false)]).toEqual([2, 3, 1, 0])
    expect([...sortedRows(rows, Float64Array.of(7, 7, 1, 7), true)]).toEqual([3, 1, 0, 2])
    expect([...rows]).toEqual([3, 1, 2, 0])
  })

  it('may be none', () => {
    expect([...sortedRows(new Uint32Array(0), new Float64Array(0), false)]).toEqual([])
  })
})

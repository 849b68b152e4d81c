import fc from 'fast-check'
import { expect, it } from 'vitest'
import { topRows } from './top-rows.ts'

it('gives what sorting everything and cutting would give', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 80 }), fc.option(fc.nat(90)), (values, limit) => {
      const compare = (x: number, y: number): number => values[y]! - values[x]! || x - y
      const isListed = (row: number): boolean => values[row]! % 3 !== 0
      const sorted = values
        .map((_, row) => row)
        .filter(isListed)
        .sort(compare)
      expect(Array.from(topRows(values.length, limit, isListed, compare))).toEqual(
        limit === null ? sorted : sorted.slice(0, limit),
      )
    }),
  )
})

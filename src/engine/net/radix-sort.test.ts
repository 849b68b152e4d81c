import fc from 'fast-check'
import { expect, it } from 'vitest'
import { radixOrder } from './radix-sort.ts'

it('orders any keys as unsigned numbers and leaves equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(0xffffffff))), (values) => {
      const expected = values
        .map((value, index) => ({ value, index }))
        .sort((x, y) => x.value - y.value || x.index - y.index)
      expect(Array.from(radixOrder(Uint32Array.from(values)))).toEqual(expected.map(({ index }) => index))
    }),
  )
})

it('sorts by a second word what the first has in order already', () => {
  const pair = fc.tuple(fc.nat(5), fc.nat(5))
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const byLast = radixOrder(Uint32Array.from(pairs, ([, last]) => last))
      const order = radixOrder(
        Uint32Array.from(pairs, ([first]) => first),
        byLast,
      )
      const expected = pairs
        .map(([first, last], index) => ({ first, last, index }))
        .sort((x, y) => x.first - y.first || x.last - y.last || x.index - y.index)
      expect(Array.from(order)).toEqual(expected.map(({ index }) => index))
    }),
  )
})

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

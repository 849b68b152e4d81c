import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AddressFold } from './address-fold.ts'

it('sums by address, in order of address, and finds what it has', () => {
  const entry = fc.tuple(
    fc.oneof(fc.nat(3), fc.constantFrom(-1, -5, 0x7fffffff)),
    fc.nat(9),
    fc.nat(99),
    fc.nat(9),
    fc.nat(99),
  )
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const fold = new AddressFold(entries.length)
      for (const each of entries) fold.add(...each)
      fold.fold()
      const addresses = [...new Set(entries.map(([address]) => address >>> 0))].sort((x, y) => x - y)
      expect(Array.from(fold.addresses)).toEqual(addresses)
      addresses.forEach((address, row) => {
        const own = entries.filter(([each]) => each >>> 0 === address)
        const sums = [1, 2, 3, 4].map((column) => own.reduce((sum, each) => sum + each[column]!, 0))
        expect(Array.from(fold.counters.subarray(row * 4, row * 4 + 4))).toEqual(sums)
        expect(fold.has(address | 0)).toBe(true)
      })
      expect(fold.has(12_345)).toBe(false)
    }),
  )
})

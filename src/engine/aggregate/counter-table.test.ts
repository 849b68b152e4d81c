import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyHash } from '../net/key-hash.ts'
import { COUNTERS, CounterTable } from './counter-table.ts'

const hash = new KeyHash([1, 2, 3, 4])
const word = fc.constantFrom(0, 1, 2, -1, 0x7fffffff, -0x80000000)
const addition = fc.tuple(word, word, word, fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9))

it('counts by key in rows of first use, and what goes past the ceiling apart, so that sums stay exact', () => {
  fc.assert(
    fc.property(fc.array(addition, { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (all, countMax) => {
      const table = new CounterTable(hash, countMax)
      for (const each of all) table.add(...each)
      const keys = [...new Set(all.map(([a, b, c]) => `${a} ${b} ${c}`))]
      const sumOf = (wanted: (key: string) => boolean) =>
        [3, 4, 5, 6].map((column) =>
          all.reduce((sum, each) => (wanted(each.slice(0, 3).join(' ')) ? sum + each[column]! : sum), 0),
        )
      expect(table.count).toBe(Math.min(countMax, keys.length))
      keys.forEach((key, row) => {
        const [a, b, c] = key.split(' ').map(Number) as [number, number, number]
        expect(table.find(a, b, c)).toBe(row < countMax ? row : -1)
        if (row >= countMax) return
        const counters = table.counters.subarray(row * COUNTERS, (row + 1) * COUNTERS)
        expect(Array.from(counters)).toEqual(sumOf((each) => each === key))
      })
      expect(Array.from(table.refused)).toEqual(sumOf((each) => keys.indexOf(each) >= countMax))
    }),
  )
})

it('finds every key among many thousand', () => {
  const table = new CounterTable(hash, 10_000)
  for (let i = 0; i < 10_000; i++) expect(table.rowOf(4, i * 7919, 0)).toBe(i)
  for (let i = 0; i < 10_000; i++) expect(table.find(4, i * 7919, 0)).toBe(i)
  expect(table.find(4, 1, 0)).toBe(-1)
  expect(table.rowOf(4, 1, 0)).toBe(-1)
})

it('tells the keys of a full table from thousands of strangers', () => {
  const table = new CounterTable(hash, 3000)
  for (let i = 0; i < 3000; i++) table.rowOf(4, i, 80)
  for (let i = 0; i < 3000; i++) expect(table.rowOf(4, i, 80)).toBe(i)
  for (let i = 0; i < 20_000; i++) expect(table.rowOf(6, i, 80)).toBe(-1)
})

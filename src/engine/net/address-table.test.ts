import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressTable } from './address-table.ts'
import { KeyHash } from './key-hash.ts'

const newTable = (countMax?: number) => new AddressTable(new KeyHash([5, 6, 7, 8]), countMax)
const wordsOf = (table: AddressTable, id: number) => [...table.words.subarray(id * 4, id * 4 + 4)]

describe('AddressTable', () => {
  it('numbers addresses in the order they come, and knows them again', () => {
    const table = newTable()
    expect(table.internWords(1, 2, 3, 4)).toBe(0)
    expect(table.internWords(1, 2, 3, 5)).toBe(1)
    expect(table.internWords(1, 2, 3, 4)).toBe(0)
    expect(table.count).toBe(2)
    expect(wordsOf(table, 1)).toEqual([1, 2, 3, 5])
  })

  it('reads an address out of bytes in network order', () => {
    const bytes = Uint8Array.of(9, 9, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xfe, 9)
    const table = newTable()
    const id = table.intern(bytes, 2)
    expect(wordsOf(table, id)).toEqual([0x20010db8, 0, 0, -2])
    expect(table.internWords(0x20010db8, 0, 0, -2)).toBe(id)
  })

  it('tells apart addresses that differ in any one bit', () => {
    const table = newTable()
    table.internWords(0, 0, 0, 0)
    for (let bit = 0; bit < 128; bit++) {
      const words = [0, 0, 0, 0]
      words[bit >> 5] = 1 << (bit & 31)
      expect(table.internWords(words[0]!, words[1]!, words[2]!, words[3]!)).toBe(bit + 1)
    }
  })

  it('keeps every number while it grows', () => {
    const table = newTable()
    const count = 20_000
    for (let i = 0; i < count; i++)
      expect(table.internWords(0x20010db8, 0, i >> 8, Math.imul(i, 0x9e3779b1))).toBe(i)
    for (let i = 0; i < count; i++)
      expect(table.internWords(0x20010db8, 0, i >> 8, Math.imul(i, 0x9e3779b1))).toBe(i)
    expect(table.count).toBe(count)
    expect(table.refusedCount).toBe(0)
  })

  it('behaves like a dictionary of texts', () => {
    const word = fc.constantFrom(0, 1, -1, 0x20010db8, 0x7fffffff)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word, word), { maxLength: 400 }), (addresses) => {
        const table = newTable()
        const numbers = new Map<string, number>()
        for (const address of addresses) {
          const text = address.join()
          if (!numbers.has(text)) numbers.set(text, numbers.size)
          expect(table.internWords(...address)).toBe(numbers.get(text))
        }
        expect(table.count).toBe(numbers.size)
      }),
    )
  })

  it('refuses what goes over its ceiling, counts it, and still knows the others', () => {
    const table = newTable(3)
    for (let i = 0; i < 3; i++) expect(table.internWords(i, 0, 0, 0)).toBe(i)
    expect(table.internWords(3, 0, 0, 0)).toBe(-1)
    expect(table.internWords(3, 0, 0, 0)).toBe(-1)
    expect(table.internWords(2, 0, 0, 0)).toBe(2)
    expect(table).toMatchObject({ count: 3, refusedCount: 2 })
  })
})

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { KeyHash } from './key-hash.ts'
import { NameTable } from './name-table.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
const hash = new KeyHash([1, 2, 3, 4])
const limits = { countMax: 1000, byteCountMax: 1 << 16, lengthMax: 64 }

function add(table: NameTable, text: string): number {
  const bytes = bytesOf(text)
  return table.add(bytes, 0, bytes.length)
}

/** Names with counts in the order of their bytes. */
function content(table: NameTable): [string, number][] {
  return Array.from({ length: table.count }, (_, id) => id)
    .sort((x, y) => table.compare(x, y))
    .map((id) => [textOf(table.nameBytes(id)), table.counts[id]!])
}

describe('NameTable', () => {
  it('gives the same number to the same bytes and counts them', () => {
    const table = new NameTable(hash)
    expect([add(table, 'a'), add(table, 'b'), add(table, 'a'), add(table, ''), add(table, '')]).toEqual([
      0, 1, 0, 2, 2,
    ])
    expect(content(table)).toEqual([
      ['', 2],
      ['a', 2],
      ['b', 1],
    ])
  })

  it('counts the names of object members once each like any other', () => {
    const table = new NameTable(hash)
    for (const name of ['__proto__', 'constructor', 'toString']) add(table, name)
    expect(content(table)).toEqual([
      ['__proto__', 1],
      ['constructor', 1],
      ['toString', 1],
    ])
  })

  it('takes capital letters for small ones when told to', () => {
    const table = new NameTable(hash, limits, true)
    expect(add(table, 'WWW.Example.ORG')).toBe(add(table, 'www.example.org'))
    expect(content(table)).toEqual([['www.example.org', 2]])
    const exact = new NameTable(hash, limits)
    expect(add(exact, 'A')).not.toBe(add(exact, 'a'))
  })

  it('keeps thousands of names apart while it grows', () => {
    const table = new NameTable(hash)
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 20_000; i++) expect(add(table, `host-${i}`)).toBe(i)
    }
    expect(table.count).toBe(20_000)
    expect(textOf(table.nameBytes(19_999))).toBe('host-19999')
    expect(table.counts[0]).toBe(2)
  })

  it('refuses new names at its ceilings, counts the refusals, and goes on counting old ones', () => {
    const few = new NameTable(hash, { ...limits, countMax: 2 })
    expect([add(few, 'a'), add(few, 'b'), add(few, 'c'), add(few, 'a')]).toEqual([0, 1, -1, 0])
    expect(few.refusedCount).toBe(1)
    expect(few.counts[0]).toBe(2)
    const small = new NameTable(hash, { ...limits, byteCountMax: 5 })
    expect([add(small, 'abc'), add(small, 'def'), add(small, 'gh')]).toEqual([0, -1, 1])
  })

  it('cuts a name of 60 KB and says so', () => {
    const table = new NameTable(hash, limits)
    const id = add(table, 'x'.repeat(60_000))
    expect(table.nameLength(id)).toBe(64)
    expect(table.cutCount).toBe(1)
  })

  const names = fc.array(fc.string({ maxLength: 6 }), { maxLength: 60 })

  it('is the same whether names come in one part or two', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const whole = new NameTable(hash, limits)
        for (const name of [...a, ...b]) add(whole, name)
        const first = new NameTable(hash, limits)
        for (const name of a) add(first, name)
        const second = new NameTable(new KeyHash([9, 9, 9, 9]), limits)
        for (const name of b) add(second, name)
        const ours = first.merge(second)
        expect(content(first)).toEqual(content(whole))
        for (let id = 0; id < second.count; id++) {
          expect(first.nameBytes(ours[id]!)).toEqual(second.nameBytes(id))
        }
      }),
    )
  })

  it('does not depend on the secret of its hash', () => {
    fc.assert(
      fc.property(names, fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), (a, secret) => {
        const one = new NameTable(hash, limits)
        const other = new NameTable(new KeyHash(secret), limits)
        for (const name of a) expect(add(one, name)).toBe(add(other, name))
        expect(content(one)).toEqual(content(other))
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { KeyHash } from '../net/key-hash.ts'
import { Row } from './conversation-row.ts'
import { ConversationTable } from './conversation-table.ts'

const hash = new KeyHash([7, 7, 7, 7])

function addKey(table: ConversationTable, n: number): number {
  return table.add(table.hash(n, ~n, n * 3, 6), n, ~n, n * 3, 6)
}
function findKey(table: ConversationTable, n: number): number {
  return table.find(table.hash(n, ~n, n * 3, 6), n, ~n, n * 3, 6)
}

describe('the conversation table', () => {
  it('finds every record again after growing many times', () => {
    const table = new ConversationTable(hash)
    for (let n = 0; n < 100_000; n++) expect(addKey(table, n)).toBe(n)
    for (let n = 0; n < 100_000; n++) if (findKey(table, n) !== n) expect(findKey(table, n)).toBe(n)
    expect(findKey(table, 100_000)).toBe(-1)
  })

  it('tells keys apart that differ in one word only', () => {
    const table = new ConversationTable(hash)
    const keys = [
      [1, 2, 3, 4],
      [0, 2, 3, 4],
      [1, 0, 3, 4],
      [1, 2, 0, 4],
      [1, 2, 3, 0],
    ] as const
    for (const [a, b, ports, key] of keys) table.add(table.hash(a, b, ports, key), a, b, ports, key)
    expect(
      keys.map(([a, b, ports, key]) => table.find(table.hash(a, b, ports, key), a, b, ports, key)),
    ).toEqual([0, 1, 2, 3, 4])
  })

  it('refuses what is beyond its ceiling and keeps finding what it has', () => {
    const table = new ConversationTable(hash, 3)
    expect([1, 2, 3, 4].map((n) => addKey(table, n))).toEqual([0, 1, 2, -1])
    expect([1, 2, 3, 4].map((n) => findKey(table, n))).toEqual([0, 1, 2, -1])
  })

  it('finds the latest of several conversations on one key, also after growing', () => {
    const table = new ConversationTable(hash)
    addKey(table, 1)
    const second = table.addAfter(table.hash(1, ~1, 3, 6), 0)
    const third = table.addAfter(table.hash(1, ~1, 3, 6), second)
    for (let n = 10; n < 20_000; n++) addKey(table, n)
    expect(findKey(table, 1)).toBe(third)
    expect(table.slab(third)[table.at(third) + Row.ports]).toBe(3)
  })

  it('gives new records that are zero but for the key', () => {
    const table = new ConversationTable(hash)
    addKey(table, 5)
    table.slab(0)[table.at(0) + Row.evidence] = 99
    addKey(table, 6)
    expect(Array.from(table.slab(1).subarray(table.at(1) + 4, table.at(1) + 28))).toEqual(
      new Array(24).fill(0),
    )
  })
})

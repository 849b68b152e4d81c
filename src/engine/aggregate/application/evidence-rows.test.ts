import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyHash } from '../../net/key-hash.ts'
import { EvidenceRows } from './evidence-rows.ts'
import { PairSet } from './pair-set.ts'

const hash = new KeyHash([1, 2, 3, 4])

describe('EvidenceRows', () => {
  it('gives a key its row again, and other keys others', () => {
    const rows = new EvidenceRows(hash, 3, ['sum'], 100)
    const row = rows.rowOf(1, -2, 3)
    expect(rows.rowOf(1, -2, 4)).not.toBe(row)
    expect(rows.rowOf(1, -2, 3)).toBe(row)
    expect([rows.find(1, -2, 3), rows.find(9, 9, 9)]).toEqual([row, -1])
    expect([rows.key(row, 0), rows.key(row, 1), rows.key(row, 2)]).toEqual([1, -2, 3])
  })

  it('keeps ten thousand keys of six words apart', () => {
    const rows = new EvidenceRows(hash, 6, ['sum', 'max'], 20_000)
    for (let i = 0; i < 10_000; i++) rows.add(rows.rowOf(4, i % 7, i, -i, i * 3, 5), 0, i)
    expect(rows.count).toBe(10_000)
    for (let i = 0; i < 10_000; i++) expect(rows.value(rows.find(4, i % 7, i, -i, i * 3, 5), 0)).toBe(i)
  })

  it('keeps the first and the last sighting', () => {
    const rows = new EvidenceRows(hash, 1, [], 10)
    const row = rows.rowOf(7)
    rows.see(row, 5, 100, 1)
    rows.see(row, 6, 99, 2)
    rows.see(row, 9, 300, 3)
    expect([rows.firstFrame(row), rows.firstSeconds(row), rows.firstNanoseconds(row)]).toEqual([5, 100, 1])
    expect([rows.lastFrame(row), rows.lastSeconds(row), rows.lastNanoseconds(row)]).toEqual([9, 300, 3])
  })

  it('refuses new rows at its ceiling and counts how often', () => {
    const rows = new EvidenceRows(hash, 1, ['sum'], 2)
    expect([rows.rowOf(1), rows.rowOf(2), rows.rowOf(3), rows.rowOf(3), rows.rowOf(2)]).toEqual([
      0, 1, -1, -1, 1,
    ])
    expect(rows.refusedCount).toBe(2)
  })

  const sighting = fc.record({ key: fc.nat(5), amount: fc.nat(9) })
  const content = (rows: EvidenceRows) =>
    Array.from({ length: rows.count }, (_, row) => row)
      .sort((x, y) => rows.compareKeys(x, y))
      .map((row) => [
        rows.key(row, 0),
        rows.key(row, 1),
        rows.value(row, 0),
        rows.value(row, 1),
        rows.firstFrame(row),
        rows.lastFrame(row),
        rows.lastSeconds(row),
      ])

  it('is the same whether sightings come in one part or two', () => {
    fc.assert(
      fc.property(fc.array(sighting), fc.nat(40), (sightings, cut) => {
        const [whole, first, second] = [1, 2, 3].map(
          (seed) => new EvidenceRows(new KeyHash([seed, 0, 0, 0]), 2, ['sum', 'max'], 100),
        )
        const note = (
          rows: EvidenceRows,
          frame: number,
          { key, amount }: { key: number; amount: number },
        ) => {
          const row = rows.rowOf(4, key)
          rows.see(row, frame, frame * 10, 0)
          rows.add(row, 0, amount)
          rows.raise(row, 1, amount)
        }
        const frameOffset = Math.min(cut, sightings.length)
        sightings.forEach((one, i) => {
          note(whole!, i + 1, one)
          if (i < frameOffset) note(first!, i + 1, one)
          else {
            const row = second!.rowOf(4, one.key + 1000)
            second!.see(row, i + 1 - frameOffset, (i + 1) * 10, 0)
            second!.add(row, 0, one.amount)
            second!.raise(row, 1, one.amount)
          }
        })
        // The second part knows the addresses by other numbers.
        first!.mergeByAddress(second!, frameOffset, (_version, address) => address - 1000)
        expect(content(first!)).toEqual(content(whole!))
      }),
    )
  })
})

describe('PairSet', () => {
  it('keeps each pair once, in order', () => {
    const pairs = new PairSet(hash, 1000)
    for (let i = 0; i < 500; i++) expect(pairs.add(i, -i)).toBe(true)
    expect(pairs.add(3, -3)).toBe(false)
    expect(pairs.add(-3, 3)).toBe(true)
    expect([pairs.count, pairs.first(3), pairs.second(3)]).toEqual([501, 3, -3])
  })

  it('refuses new pairs at its ceiling and counts them', () => {
    const pairs = new PairSet(hash, 1)
    expect([pairs.add(1, 1), pairs.add(1, 2), pairs.add(1, 1)]).toEqual([true, false, false])
    expect(pairs.refusedCount).toBe(1)
  })
})

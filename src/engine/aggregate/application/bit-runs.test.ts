import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfRun, setRun, shiftBits } from './bit-runs.ts'

const WORDS = 4
const BITS = WORDS * 32
const BASE = 1

const bit = fc.integer({ min: 0, max: BITS })

function bitsOf(words: Int32Array): boolean[] {
  return Array.from({ length: BITS }, (_, i) => (words[BASE + (i >> 5)]! & (1 << (i & 31))) !== 0)
}

function wordsWith(runs: readonly (readonly [number, number])[]): Int32Array {
  const words = new Int32Array(WORDS + 2)
  for (const [x, y] of runs) setRun(words, BASE, Math.min(x, y), Math.max(x, y))
  return words
}

const someRuns = fc.array(fc.tuple(bit, bit), { maxLength: 4 })

describe('runs of bits', () => {
  it('are set from their start to their end, and nothing beside them', () => {
    fc.assert(
      fc.property(someRuns, (runs) => {
        const words = wordsWith(runs)
        const isIn = (i: number) => runs.some(([x, y]) => i >= Math.min(x, y) && i < Math.max(x, y))
        expect(bitsOf(words)).toEqual(Array.from({ length: BITS }, (_, i) => isIn(i)))
        expect([words[0], words[WORDS + 1]]).toEqual([0, 0])
      }),
    )
  })

  it('end where the next bit is another, or at the end', () => {
    fc.assert(
      fc.property(someRuns, fc.integer({ min: 0, max: BITS - 1 }), (runs, start) => {
        const words = wordsWith(runs)
        const bits = bitsOf(words)
        const next = bits.findIndex((isSet, i) => i > start && isSet !== bits[start])
        expect(endOfRun(words, BASE, start, BITS)).toBe(next === -1 ? BITS : next)
      }),
    )
  })

  it('move down and up, and leave what goes over either end', () => {
    fc.assert(
      fc.property(someRuns, fc.integer({ min: -BITS - 40, max: BITS + 40 }), (runs, distance) => {
        const words = wordsWith(runs)
        const before = bitsOf(words)
        shiftBits(words, BASE, WORDS, distance)
        expect(bitsOf(words)).toEqual(before.map((_, i) => before[i + distance] ?? false))
        expect([words[0], words[WORDS + 1]]).toEqual([0, 0])
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Attempt, ATTEMPT_WORDS } from './attempt-row.ts'
import { foldAttempts } from './fold-attempts.ts'
import { AttemptBits, Outcome } from './record-probe.ts'

interface Probe {
  readonly source: number
  readonly target: number
  readonly kindAndPort: number
  readonly bits: number
}

const few = fc.nat(2)
const HOSTS = 3
const bits = fc
  .tuple(
    fc.nat(Outcome.unknown),
    fc.constantFrom(0, AttemptBits.served),
    fc.constantFrom(0, AttemptBits.empty),
  )
  .map(([outcome, served, empty]) => outcome | served | empty)
const probes = fc.array(fc.record({ source: few, target: few, kindAndPort: few, bits }))

function wordsOf(all: readonly Probe[]): Int32Array {
  return Int32Array.from(
    all.flatMap(({ source, target, kindAndPort, bits }, row) => {
      const servedRow = (bits & AttemptBits.served) !== 0 ? row + 1 : 0
      return [source, target, kindAndPort, bits, row, row, servedRow, 1]
    }),
  )
}

it('makes one attempt of all probes of a kind from one host to a port of another, in the order of the first', () => {
  fc.assert(
    fc.property(probes, (all) => {
      const words = wordsOf(all)
      const { count, attemptOf } = foldAttempts(words, all.length, HOSTS)
      const nameOf = ({ source, target, kindAndPort }: Probe) => `${source} ${target} ${kindAndPort}`
      const names = [...new Set(all.map(nameOf))]
      expect(count).toBe(names.length)
      expect(Array.from(attemptOf)).toEqual(all.map((probe) => names.indexOf(nameOf(probe))))
      names.forEach((name, attempt) => {
        const rows = all.flatMap((probe, row) => (nameOf(probe) === name ? [row] : []))
        const word = (offset: number) => words[attempt * ATTEMPT_WORDS + offset]!
        const own = rows.map((row) => all[row]!)
        expect(word(Attempt.firstRow)).toBe(rows[0])
        expect(word(Attempt.lastRow)).toBe(rows.at(-1))
        expect(word(Attempt.recordCount)).toBe(rows.length)
        const firstServed = rows.find((row) => (all[row]!.bits & AttemptBits.served) !== 0) ?? -1
        expect(word(Attempt.servedRow)).toBe(firstServed + 1)
        // The best outcome of any probe; used when any was, empty when all were.
        const outcomes = own.map((probe) => probe.bits & AttemptBits.outcomeMask)
        expect(word(Attempt.bits) & AttemptBits.outcomeMask).toBe(Math.min(...outcomes))
        const has = (bit: number) => (word(Attempt.bits) & bit) !== 0
        expect(has(AttemptBits.served)).toBe(own.some((probe) => (probe.bits & AttemptBits.served) !== 0))
        expect(has(AttemptBits.empty)).toBe(own.every((probe) => (probe.bits & AttemptBits.empty) !== 0))
      })
    }),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indexByHost } from '../attempt-groups.ts'
import { Attempt, ATTEMPT_WORDS } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { targetsOfMany } from './targets-of-many.ts'

const HOSTS = 5

/** As much of a table as is asked for: which host each attempt went to. */
function tableOf(targets: readonly number[]): AttemptTable {
  const words = new Int32Array(targets.length * ATTEMPT_WORDS)
  targets.forEach((target, attempt) => (words[attempt * ATTEMPT_WORDS + Attempt.target] = target))
  const target = (attempt: number): number => targets[attempt]!
  return { words, count: targets.length, hosts: { count: HOSTS }, target } as unknown as AttemptTable
}

it('finds the hosts whose attempts sum to enough, whether by their number or by the size of one', () => {
  const attempt = fc.record({ target: fc.nat(HOSTS - 1), size: fc.oneof(fc.nat(9), fc.nat(200)) })
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 60 }), fc.integer({ min: 1, max: 120 }), (all, least) => {
      const table = tableOf(all.map(({ target }) => target))
      const sumOf = (host: number): number =>
        all.filter(({ target }) => target === host).reduce((sum, { size }) => sum + size, 0)
      const expected = Array.from({ length: HOSTS }, (_, host) => host).filter((host) => sumOf(host) >= least)
      const found = targetsOfMany(table, indexByHost(table, Attempt.target), least, (i) => all[i]!.size)
      expect(found).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

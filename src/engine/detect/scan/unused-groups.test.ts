/** The same groups as sorting everything would give, of those with enough that was not used. */

import { expect, it } from 'vitest'
import { SCANNER } from '../../../../test/detection/judged.ts'
import { inside, RecordBuilder } from '../../../../test/detection/record-builder.ts'
import { AttemptTable } from '../attempt-table.ts'
import { forEachUnusedGroup } from './unused-groups.ts'

/** Ports of each group: to host 1 two refused and one used, to host 2 one refused and two used. */
function groupsOf(unusedMin: number): number[][] {
  const builder = new RecordBuilder()
  const fates = [
    ['refused', 'used', 'refused'],
    ['used', 'used', 'refused'],
  ] as const
  fates.forEach((own, host) =>
    own.forEach((fate, i) =>
      builder.tcp(
        { source: SCANNER, target: inside(1 + host), port: 8000 + 10 * host + i, at: 3 * host + i },
        fate,
      ),
    ),
  )
  const table = new AttemptTable(builder.until(100).evidence())
  const groups: number[][] = []
  const attempts = Int32Array.from({ length: table.count }, (_, attempt) => attempt)
  forEachUnusedGroup(
    table,
    attempts,
    (attempt) => table.target(attempt),
    unusedMin,
    (members) => groups.push(Array.from(members, (attempt) => table.port(attempt) - 8000)),
  )
  return groups
}

it('visits a group whole, its uses too, when enough of it was not used', () => {
  expect(groupsOf(1)).toEqual([
    [0, 1, 2],
    [10, 11, 12],
  ])
  expect(groupsOf(2)).toEqual([[0, 1, 2]])
})

it('visits none where uses alone would make up the number', () => {
  expect(groupsOf(3)).toEqual([])
})

import { expect, it } from 'vitest'
import { jsonPieces } from './json-pieces.ts'

const joined = (value: unknown): string => [...jsonPieces(value)].join('')

it.each([
  [null],
  ['a "text"'],
  [[]],
  [{}],
  [[1, undefined, [2, [3]], { a: [] }]],
  [{ a: undefined, b: { c: { d: { e: { f: { g: [1, { h: 'é\u2028' }] } } } } } }],
  [{ rows: Array.from({ length: 20_000 }, (_, id) => ({ id, name: `eth${id}` })) }],
])('is what JSON.stringify gives: %#', (value) => {
  expect(joined(value)).toBe(JSON.stringify(value))
})

it('takes rows that are made when they are asked for', () => {
  function* rows(): Generator<{ id: number }> {
    for (let id = 0; id < 3; id++) yield { id }
  }
  expect(joined({ before: 1, rows: rows(), after: 2 })).toBe(
    '{"before":1,"rows":[{"id":0},{"id":1},{"id":2}],"after":2}',
  )
})

it('hands out a list of any length in pieces, wherever it stands', () => {
  // Joined they are six hundred million characters, more than one text of the runtime holds.
  const row = 'x'.repeat(1_000_000)
  function* rows(): Generator<string> {
    for (let count = 0; count < 600; count++) yield row
  }
  let length = 0
  for (const piece of jsonPieces({ capture: { interfaces: rows() } })) length += piece.length
  expect(length).toBe('{"capture":{"interfaces":[]}}'.length + 600 * (row.length + 3) - 1)
})

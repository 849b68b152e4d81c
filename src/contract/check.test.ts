/** What crosses a boundary is refused by name and place when it has the wrong form. */

import { describe, expect, it } from 'vitest'
import {
  dictionary,
  either,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  openRecord,
  record,
  tagged,
  text,
  tuple,
} from './check.ts'

const chip = record({ field: oneOf(['port', 'address']), values: list(text(5), 2) })

describe('a check', () => {
  it.each([
    ['text', text(3), 'abc', 'abcd'],
    ['a number', number(0, 1), 0.5, 1.5],
    ['a whole number', integer(0, 10), 10, 0.5],
    ['a flag', flag, false, 0],
    ['one of a few words', oneOf(['a', 'b']), 'b', 'c'],
    ['a value or nothing', nullable(flag), null, undefined],
    ['a list', list(flag, 2), [true, false], [true, true, true]],
    ['a tuple', tuple(integer(), text()), [1, 'x'], [1]],
    ['a record', chip, { field: 'port', values: ['80'] }, { field: 'port' }],
    ['a dictionary', dictionary(integer(), 1), { any: 1 }, { any: 1, other: 2 }],
    ['either of two', either(flag, integer()), 7, 'x'],
  ] as const)('takes %s and refuses what is not', (_, check, good, bad) => {
    expect(check.problem(good, 'x')).toBeNull()
    expect(check.problem(bad, 'x')).toEqual(expect.any(String))
  })

  it('names the place of what is wrong', () => {
    const filter = record({ chips: list(chip, 9) })
    const value = {
      chips: [
        { field: 'port', values: [] },
        { field: 'port', values: ['80', 443] },
      ],
    }
    expect(filter.problem(value, 'filter')).toBe('filter.chips[1].values[1]: expected text')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '7', 7n, null])('takes %s for no number', (value) => {
    expect(number().problem(value, 'x')).toContain('expected a number')
  })

  it('refuses a field it does not know in what a page asks, and lets it pass in a row of the summary', () => {
    const value = { limit: 1, ofset: 2 }
    expect(record({ limit: integer() }).problem(value, 'x')).toBe('x: unknown field "ofset"')
    expect(openRecord({ limit: integer() }).problem(value, 'x')).toBeNull()
  })

  it('takes nothing from a prototype', () => {
    const value: unknown = Object.create({ field: 'port', values: [] })
    expect(chip.problem(value, 'x')).toBe('x.field: missing')
    expect(record({ toString: text() }).problem({}, 'x')).toBe('x.toString: missing')
  })

  it('refuses names that reach a prototype', () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1}}')
    expect(record({}).problem(value, 'x')).toContain('unknown field')
    expect(dictionary(dictionary(integer(), 9), 9).problem(value, 'x')).toContain('not allowed')
    expect(tagged('kind', {}).problem({ kind: 'constructor' }, 'x')).toContain('expected one of')
  })

  it('tells variants apart by their tag and checks each with its own form', () => {
    const event = tagged('kind', { progress: record({ share: number(0, 1) }), done: record({}) })
    expect(event.problem({ kind: 'progress', share: 0.5 }, 'x')).toBeNull()
    expect(event.problem({ kind: 'done' }, 'x')).toBeNull()
    expect(event.problem({ kind: 'done', share: 1 }, 'x')).toContain('unknown field')
    expect(event.problem({ share: 1 }, 'x')).toBe('x.kind: missing')
  })
})

/** Groups of equal keys, made without hashing them. */

import { expect, it } from 'vitest'
import { distinct, groupsBy } from './groups-by-sorting.ts'

it('puts items of one key together, in the order in which keys and items first stand', () => {
  const words = ['pear', 'fig', 'plum', 'apple', 'fennel', 'peach']
  expect(groupsBy(words, (word) => word[0]!)).toEqual([
    ['pear', 'plum', 'peach'],
    ['fig', 'fennel'],
    ['apple'],
  ])
})

it('groups by numbers as numbers', () => {
  expect(groupsBy([10, 9, 100, 19, 9], (number) => number % 10)).toEqual([
    [10, 100],
    [9, 19, 9],
  ])
})

it('keeps each value once', () => {
  expect(distinct([443, 80, 443, 8080, 80])).toEqual([443, 80, 8080])
  expect(distinct(['b', 'a', 'b'])).toEqual(['b', 'a'])
  expect(distinct([])).toEqual([])
})

/** Membership by search in what is sorted. */

import { expect, it } from 'vitest'
import { NumberSet } from './number-set.ts'

it('counts numbers once, and knows the place of each and of no other', () => {
  const set = new NumberSet(Int32Array.of(443, 22, 443, 80))
  expect(set.count).toBe(3)
  expect([22, 80, 443].map((port) => set.placeOf(port))).toEqual([0, 1, 2])
  expect([0, 21, 23, 444].map((port) => set.placeOf(port))).toEqual([-1, -1, -1, -1])
  expect([set.has(22), set.has(23)]).toEqual([true, false])
})

it('holds nothing when it is given nothing', () => {
  expect(new NumberSet(new Int32Array(0)).has(0)).toBe(false)
})

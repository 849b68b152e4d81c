import { expect, it } from 'vitest'
import { circleOrder } from './circle-layout.ts'

it('every node has one place', () => {
  expect(circleOrder(4, []).sort()).toEqual([0, 1, 2, 3])
  expect(circleOrder(0, [])).toEqual([])
})

it('who talks much stands side by side', () => {
  const order = circleOrder(4, [
    { from: 0, to: 3, weight: 100 },
    { from: 1, to: 2, weight: 50 },
  ])
  expect(Math.abs(order.indexOf(0) - order.indexOf(3))).toBe(1)
  expect(Math.abs(order.indexOf(1) - order.indexOf(2))).toBe(1)
})

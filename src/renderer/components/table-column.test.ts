import { expect, it } from 'vitest'
import { gridTemplate } from './table-column.ts'

it('gives the room that is left to the wide column, or to all alike', () => {
  const narrow = { width: 90 }
  expect(gridTemplate([narrow, { width: 300, isWide: true }], 34)).toBe('90px minmax(300px, 300fr) 34px')
  expect(gridTemplate([narrow, narrow], 34)).toBe('minmax(90px, 90fr) minmax(90px, 90fr) 34px')
})

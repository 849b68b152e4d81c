import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import TableFoot from './TableFoot.vue'

const window = { matchCount: 3, totalCount: 3, isPartial: false, basis: 'all', ignored: [] } as const
const textOf = (change: object | null) =>
  mount(TableFoot, {
    props: { noun: 'finding', window: change === null ? null : ({ ...window, ...change } as never) },
  })
    .text()
    .replaceAll(/\s+/g, ' ')

describe('the line below a table', () => {
  it('counts rows in the singular and in the plural, and of how many they are', () => {
    expect(textOf({})).toBe('3 findings')
    expect(textOf({ matchCount: 1, totalCount: 1 })).toBe('1 finding')
    expect(textOf({ matchCount: 0 })).toBe('0 of 3 findings')
  })

  it('says that the numbers are of a part, and what was not applied', () => {
    expect(textOf({ isPartial: true })).toContain('still reading')
    expect(textOf({ basis: 'matching-conversations' })).toContain('of the matching conversations only')
    expect(textOf({ ignored: ['time range', 'text'] })).toContain('not applied here: time range, text')
  })

  it('says nothing before the first answer', () => {
    expect(textOf(null)).toBe('')
  })
})

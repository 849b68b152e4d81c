import { describe, expect, it } from 'vitest'
import { titleWithoutSource } from './finding-title.ts'

describe('a title beside its source', () => {
  it('does not name the source again', () => {
    const actors = ['10.0.0.6']
    expect(titleWithoutSource({ title: '10.0.0.6 scanned 100 ports', actors })).toBe('Scanned 100 ports')
  })

  it('keeps every address that is not the source', () => {
    const actors = ['10.0.0.6']
    expect(titleWithoutSource({ title: '10.0.0.66 answered 10.0.0.6', actors })).toBe(
      '10.0.0.66 answered 10.0.0.6',
    )
    expect(titleWithoutSource({ title: 'Two hosts', actors: ['10.0.0.6', '10.0.0.7'] })).toBe('Two hosts')
  })
})

import { describe, expect, it } from 'vitest'
import { halfCoverage, wholeCoverage } from '../../../test/hosts/small-head.ts'
import { nothingFound, partOf } from './coverage-words.ts'

const of = (coverage: typeof halfCoverage, phase: 'reading' | 'done') => ({
  coverage,
  phase,
  progress: null,
})

describe('a result of a part', () => {
  it('is named as one, and one of everything is not', () => {
    expect(partOf(of(halfCoverage, 'reading'))).toMatch(/^the first \d/)
    expect(partOf(of(wholeCoverage, 'done'))).toBeNull()
  })

  it('is no verdict, whether reading goes on or has stopped', () => {
    for (const phase of ['reading', 'done'] as const) {
      const words = nothingFound(of(halfCoverage, phase), 30)
      expect(words.isVerdict).toBe(false)
      expect(`${words.title} ${words.text}`).toContain('the first')
    }
    expect(nothingFound(of(wholeCoverage, 'done'), 30)).toMatchObject({
      isVerdict: true,
      title: 'No rule found anything',
    })
  })

  it('of a capture without packets is no verdict either', () => {
    const words = nothingFound(of({ ...wholeCoverage, packetCount: 0 }, 'done'), 30)
    expect(words).toMatchObject({ isVerdict: false, title: 'Nothing to judge' })
  })
})

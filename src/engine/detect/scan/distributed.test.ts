/** One scan divided among sources of one make, each flagged alone or not. */

import { describe, expect, it } from 'vitest'
import { judged, TARGET } from '../../../../test/detection/judged.ts'
import { MSS_ONLY, outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('distributed-scan', () => {
  const divided = (count: number, options: (source: number) => number) => (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++) {
      const source = i % 13
      builder.tcp(
        {
          source: outside(100 + source),
          target: TARGET,
          port: 2000 + i,
          at: i * 5,
          options: options(source),
          window: 1024,
        },
        'refused',
      )
    }
  }

  it('fires at 26 ports divided among 13 sources of one make, not below its ports', () => {
    expect(judged(divided(26, () => MSS_ONLY)).rules).toEqual(['distributed-scan'])
    expect(judged(divided(24, () => MSS_ONLY)).rules).toEqual([])
  })

  it('takes sources of different makes for strangers', () => {
    expect(judged(divided(39, (source) => source + 2)).rules).toEqual([])
  })
})

describe('distributed-scan of sources that would be flagged alone', () => {
  const quarters = (options: (source: number) => number) => (builder: RecordBuilder) => {
    for (let i = 0; i < 400; i++) {
      const source = i % 4
      builder.tcp(
        {
          source: outside(100 + source),
          target: TARGET,
          port: 1 + i,
          at: i * 0.05,
          options: options(source),
          window: 1024,
        },
        'refused',
      )
    }
  }

  it('joins four that divide the ports, when they are of one make', () => {
    const { rules, scanners } = judged(quarters(() => MSS_ONLY))
    expect(rules).toEqual(['distributed-scan'])
    expect(scanners).toHaveLength(4)
    expect(judged(quarters((source) => source + 2)).rules).toEqual(Array(4).fill('vertical-scan'))
  })
})

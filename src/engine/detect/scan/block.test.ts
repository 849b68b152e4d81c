/** Several ports of several hosts: fires at its threshold, not one below. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import { inside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('block-scan', () => {
  const block = (count: number, fate: 'refused' | 'used') => (builder: RecordBuilder) => {
    for (let i = 0; i < count; i++)
      builder.tcp({ source: SCANNER, target: inside(100 + (i % 5)), port: 2000 + (i % 7), at: i * 30 }, fate)
  }

  it('fires at 25 pairs that fail in a quarter of an hour, not at 24', () => {
    expect(judged(block(25, 'refused')).rules).toEqual(['block-scan'])
    expect(judged(block(24, 'refused')).firedBy).not.toContain('failedPairs')
    expect(judged(block(25, 'used')).rules).toEqual([])
  })

  it('tells a strobe of three ports over many hosts as one finding', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 30; i++)
        for (const port of [21, 22, 23])
          builder.tcp({ source: SCANNER, target: inside(100 + i), port, at: i }, 'refused')
    }
    expect(judged(write).rules).toEqual(['block-scan'])
  })
})

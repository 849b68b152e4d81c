/** Scans of IP protocols: fire at their threshold, not one below. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER, TARGET } from '../../../../test/detection/judged.ts'
import { type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('ip-protocol-scan', () => {
  it('fires at five protocols that draw errors or silence, not at four, nor at answers', () => {
    const protocols =
      (count: number, fate: 'refused' | 'silent' | 'answered') => (builder: RecordBuilder) => {
        for (let i = 0; i < count; i++)
          builder.ipProtocol({ source: SCANNER, target: TARGET, at: i }, 100 + i, fate)
      }
    expect(judged(protocols(5, 'refused')).findings[0]).toMatchObject({
      rule: 'ip-protocol-scan',
      technique: 'ip-protocol',
    })
    expect(judged(protocols(4, 'silent')).rules).toEqual([])
    expect(judged(protocols(20, 'answered')).rules).toEqual([])
  })
})

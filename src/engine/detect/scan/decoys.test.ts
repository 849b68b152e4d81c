/** Copies of one scan in step. */

import { describe, expect, it } from 'vitest'
import { judged, TARGET } from '../../../../test/detection/judged.ts'
import { outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('decoy-scan', () => {
  const copies = (delay: number) => (builder: RecordBuilder) => {
    const events: { source: number; port: number; at: number }[] = []
    for (let decoy = 0; decoy < 3; decoy++)
      for (let i = 0; i < 30; i++)
        events.push({ source: outside(100 + decoy), port: 1 + i * 7, at: i * 0.1 + decoy * delay })
    for (const event of events.sort((x, y) => x.at - y.at))
      builder.tcp({ ...event, target: TARGET }, 'refused')
  }

  it('joins copies of one scan that run in step, and no others', () => {
    const { findings, scanners } = judged(copies(0.001))
    expect(findings.map(({ rule }) => rule)).toEqual(['decoy-scan'])
    expect(findings[0]!.actors).toHaveLength(3)
    expect(scanners).toHaveLength(3)
    expect(judged(copies(60)).rules).toEqual(['vertical-scan', 'vertical-scan', 'vertical-scan'])
  })
})

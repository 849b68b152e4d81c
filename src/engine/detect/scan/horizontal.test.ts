/** One port of many hosts: fires at its thresholds, not one below, and not on its innocent neighbour. */

import { describe, expect, it } from 'vitest'
import { hosts, judged } from '../../../../test/detection/judged.ts'
import { inside, outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('horizontal-scan', () => {
  it('fires at 25 hosts that fail in five minutes, not at 24', () => {
    expect(judged(hosts(25, 10, 'silent')).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(24, 10, 'silent')).firedBy).not.toContain('failedHosts')
  })

  it('fires at 100 hosts left unused in nine minutes, though they answer, not at 99', () => {
    expect(judged(hosts(100, 5, 'held')).rules).toEqual(['horizontal-scan'])
    expect(judged(hosts(99, 5, 'held')).rules).toEqual([])
  })

  it('takes a client most of whose contacts succeed for a client', () => {
    const write = (builder: RecordBuilder) => {
      for (let i = 0; i < 200; i++)
        builder.tcp(
          { source: inside(5), target: outside(i), port: 443, at: i },
          i % 3 === 0 ? 'silent' : 'used',
        )
    }
    expect(judged(write)).toMatchObject({
      rules: [],
      dismissed: [{ address: '10.0.0.5', reason: 'answered' }],
    })
  })

  it('says nothing of web servers that all fail while the line is down', () => {
    const down = (port: number) => (builder: RecordBuilder) => {
      for (let i = 0; i < 40; i++)
        builder.tcp({ source: inside(5), target: outside(i), port, at: 100 + i * 5 }, 'silent')
    }
    expect(judged(down(443)).scanners).toEqual([])
    expect(judged(down(445)).scanners).toEqual(['10.0.0.5'])
  })
})

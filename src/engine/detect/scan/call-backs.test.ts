/** Who is contacted because it came, and who is scanned though it came. */

import { describe, expect, it } from 'vitest'
import { judged } from '../../../../test/detection/judged.ts'
import { inside, outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

const SERVER = inside(66)

/** Sixty clients connect, a second apart, and `delay` seconds after each the server tries `ports` of it. */
const serves =
  (ports: readonly number[], delay: number, fate: 'used' | 'half' = 'used') =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < 60 + Math.ceil(delay); i++) {
      if (i < 60) builder.tcp({ source: outside(20 + i), target: SERVER, port: 6667, at: i }, fate)
      const asked = i - Math.floor(delay)
      if (asked < 0 || asked >= 60) continue
      for (const port of ports)
        builder.tcp({ source: SERVER, target: outside(20 + asked), port, at: asked + delay + 0.05 }, 'silent')
    }
  }

describe('a server that asks its clients back', () => {
  it('looks for no hosts: they have chosen themselves', () => {
    expect(judged(serves([113], 0)).scanners).toEqual([])
    expect(judged(serves([113], 4)).scanners).toEqual([])
  })

  it('is a scanner where it asks long after, or more than was begun, or whose connection was never taken up', () => {
    expect(judged(serves([113], 6)).scanners).toEqual(['10.0.0.66'])
    expect(judged(serves([1080, 3128], 0)).scanners).toEqual(['10.0.0.66'])
    expect(judged(serves([113], 0, 'half')).scanners).toContain('10.0.0.66')
  })

  it('is a scanner of the hosts that did not come', () => {
    const write = (builder: RecordBuilder) => {
      serves([113], 0)(builder)
      for (let i = 0; i < 30; i++)
        builder.tcp({ source: SERVER, target: outside(200 + i), port: 113, at: 70 + i }, 'silent')
    }
    const { scanners, findings } = judged(write)
    expect(scanners).toEqual(['10.0.0.66'])
    expect(findings[0]).toMatchObject({ rule: 'horizontal-scan', evidence: { probeCount: 30 } })
  })
})

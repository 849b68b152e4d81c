/** Ports that were in use when the capture began, and then not reached. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER, TARGET } from '../../../../test/detection/judged.ts'
import { inside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

describe('twenty-four ports of a host that are dialled in vain', () => {
  const dials =
    (
      fate: 'silent' | 'refused',
      talkedTo: (i: number) => number,
      talk: 'under-way' | 'lone' = 'under-way',
      at = 0,
    ) =>
    (builder: RecordBuilder) => {
      const write = (dialled: boolean) => {
        for (let i = 0; i < 24; i++)
          if (dialled) builder.tcp({ source: SCANNER, target: TARGET, port: 6800 + i, at: 20 + i / 10 }, fate)
          else builder.session({ source: SCANNER, target: TARGET, port: talkedTo(i), at: at + i / 10 }, talk)
      }
      write(at > 20)
      write(at <= 20)
    }
  const same = (i: number): number => 6800 + i

  it('are no scan where it talked on them before', () => {
    expect(judged(dials('silent', same)).scanners).toEqual([])
    expect(judged(dials('refused', same)).scanners).toEqual([])
  })

  it('are a scan where it talked on others, or afterwards, or sent segments that nobody took', () => {
    expect(judged(dials('silent', (i) => 6900 + i)).scanners).toEqual(['80.9.0.9'])
    expect(judged(dials('silent', same, 'under-way', 30)).scanners).toEqual(['80.9.0.9'])
    expect(judged(dials('silent', same, 'lone')).scanners).toEqual(['80.9.0.9'])
  })
})

it('forty hosts of one port are no scan where it talked with each before, and one where with others', () => {
  const loses = (offset: number) => (builder: RecordBuilder) => {
    for (let i = 0; i < 40; i++)
      builder.session(
        { source: SCANNER, target: inside(300 * i + offset), port: 61_613, at: i / 10 },
        'under-way',
      )
    for (let i = 0; i < 40; i++)
      builder.tcp({ source: SCANNER, target: inside(300 * i + 1), port: 61_613, at: 20 + i / 10 }, 'silent')
  }
  expect(judged(loses(1)).scanners).toEqual([])
  expect(judged(loses(2)).scanners).toEqual(['80.9.0.9'])
})

/** What is judged of captures that hold only some of the packets. */

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../test/detection/judged.ts'
import { inside, outside, type RecordBuilder } from '../../../test/detection/record-builder.ts'

/** Connections without their SYN+ACK, and whole ones; then forty hosts that are not there, asked by SYN or ping. */
const capture =
  (sampled: number, whole: number, fate: 'silent' | 'refused' | 'pinged' = 'silent') =>
  (builder: RecordBuilder) => {
    for (let i = 0; i < sampled + whole; i++)
      builder.tcp(
        { source: inside(9), target: outside(20 + i), port: 443, at: i },
        i < sampled ? 'sampled' : 'used',
      )
    builder.tcp({ source: SCANNER, target: inside(1), port: 443, at: 50 }, 'used')
    builder.ping({ source: SCANNER, target: inside(1), at: 50 }, true)
    for (let i = 0; i < 40; i++) {
      const fields = { source: SCANNER, target: outside(100 + 3 * i), at: 51 + i / 10 }
      if (fate === 'pinged') builder.ping(fields, false)
      else builder.tcp({ ...fields, port: 22 }, fate)
    }
  }

describe('forty hosts that are silent', () => {
  it('tell nothing in a capture where answers are missing more often than not', () => {
    expect(judged(capture(20, 10)).scanners).toEqual([])
    expect(judged(capture(20, 10, 'pinged')).scanners).toEqual([])
  })

  it('are scanned where few answers are missing, as in a capture that lost packets', () => {
    for (const [sampled, whole] of [
      [10, 20],
      [3, 0],
    ] as const)
      for (const fate of ['silent', 'pinged'] as const)
        expect(judged(capture(sampled, whole, fate)).scanners).toEqual(['80.9.0.9'])
  })
})

it('forty hosts that refuse are scanned in a sampled capture as in any', () => {
  expect(judged(capture(20, 10, 'refused')).scanners).toEqual(['80.9.0.9'])
})

import { describe, expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import { outside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'
import { Protocol } from '../../decode/protocol-table.ts'

/** Some hosts of one port that are spoken to, and sixty that are not there; the source reads the web as well. */
function dials(builder: RecordBuilder, spoken: number, application: number, port: number): void {
  for (let i = 0; i < 40; i++)
    builder.tcp(
      { source: SCANNER, target: outside(20 + i), port: 443, at: i, application: Protocol.tls },
      'used',
    )
  for (let i = 0; i < spoken; i++)
    builder.tcp({ source: SCANNER, target: outside(100 + i), port, at: 50 + i, application }, 'used')
  for (let i = 0; i < 60; i++)
    builder.tcp({ source: SCANNER, target: outside(200 + i * 3), port, at: 60 + i }, 'silent')
}

describe('sixty dead hosts of one port', () => {
  it('are peers that have left, where three others are spoken to as peers', () => {
    expect(judged((builder) => dials(builder, 3, Protocol.bitcoin, 8333)).scanners).toEqual([])
  })

  it('are peers by UDP too, where the three are spoken to by TCP', () => {
    const write = (builder: RecordBuilder) => {
      dials(builder, 3, Protocol.libp2p, 4001)
      for (let i = 0; i < 60; i++)
        builder.udp({ source: SCANNER, target: outside(500 + i * 3), port: 4001, at: 130 + i }, 'silent')
    }
    expect(judged(write).scanners).toEqual([])
  })

  it('are scanned, where fewer are, or they speak anything else, or the port is a system’s', () => {
    for (const [spoken, application, port] of [
      [2, Protocol.bitcoin, 8333],
      [3, Protocol.tls, 8333],
      [3, Protocol.bitcoin, 833],
    ] as const)
      expect(judged((builder) => dials(builder, spoken, application, port)).scanners).toHaveLength(1)
  })
})

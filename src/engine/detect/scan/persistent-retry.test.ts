import { expect, it } from 'vitest'
import { judged, SCANNER } from '../../../../test/detection/judged.ts'
import { inside, type RecordBuilder } from '../../../../test/detection/record-builder.ts'

it('datagrams asked again for a minute are waited for, and in a second are a scan', () => {
  const asks = (lasts: number, packets: number) => (builder: RecordBuilder) => {
    builder.udp({ source: SCANNER, target: inside(1), port: 500, at: 0 }, 'answered')
    for (let i = 0; i < 40; i++)
      builder.udp(
        {
          source: SCANNER,
          target: inside(300 * i + 5),
          sourcePort: 500,
          port: 500,
          at: 1 + i / 10,
          lasts,
          packets,
        },
        'silent',
      )
  }
  expect(judged(asks(90, 6)).scanners).toEqual([])
  expect(judged(asks(2, 6)).scanners).toEqual(['80.9.0.9'])
  expect(judged(asks(90, 3)).scanners).toEqual(['80.9.0.9'])
})

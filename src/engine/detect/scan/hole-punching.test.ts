/** Many ports of a peer: tried for a way through its address translation, or scanned. */

import { expect, it } from 'vitest'
import { judged, SCANNER, TARGET } from '../../../../test/detection/judged.ts'
import type { RecordBuilder } from '../../../../test/detection/record-builder.ts'

const punches =
  (change: { packets?: number; firstPort?: number; refused?: boolean; ownPorts?: boolean } = {}) =>
  (builder: RecordBuilder) => {
    const { packets = 40, firstPort = 20_000, refused = false, ownPorts = false } = change
    for (let i = 0; i < 256; i++) {
      const isThrough = i === 200
      builder.udp(
        {
          source: SCANNER,
          target: TARGET,
          sourcePort: ownPorts ? 41_641 + i : 41_641,
          port: firstPort + ((i * 149) % 30_000),
          at: i * 0.01,
          ...(isThrough ? { packets, lasts: 60 } : {}),
        },
        isThrough ? 'answered' : refused && i === 7 ? 'refused' : 'silent',
      )
    }
  }

it('takes ports of a peer for a search of a way to it, where the two then talk', () => {
  expect(judged(punches()).rules).toEqual([])
})

it('takes them for a scan where an open port is asked and left', () => {
  expect(judged(punches({ packets: 2 })).rules).toEqual(['vertical-scan'])
})

it('takes them for a scan where no translation would have hidden the ports', () => {
  expect(judged(punches({ refused: true })).rules).toEqual(['vertical-scan'])
  expect(judged(punches({ firstPort: 100 })).rules).toEqual(['vertical-scan'])
  expect(judged(punches({ ownPorts: true })).rules).toEqual(['vertical-scan'])
})

import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, udp } from '../../../../test/traffic/index.ts'

const TAG = bytes('0450  tree 1, time to live 16')

describe('decodeFabricPath', () => {
  itKeepsItsPromises('cfp', concat(TAG, bytes('0200 0000')))

  it('leads to the inner frame', () => {
    const inner = ethernet(
      {},
      ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2' },
        udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
      ),
    )
    expect(decode(ethernet({ etherType: 0x8903 }, concat(TAG, inner))).path).toBe('eth:cfp:eth:ip:udp')
  })
})

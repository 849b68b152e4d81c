import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ethernet, ipv4, udp, vlan } from '../../../../test/traffic/index.ts'

const TAG = bytes(`
  0001 0002  direction, destination and source interface
  8100       a VLAN tag follows
`)

describe('decodeVntag', () => {
  itKeepsItsPromises('vntag', TAG)

  it('leads to the frame inside', () => {
    const inner = vlan(
      { id: 5 },
      ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2' },
        udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
      ),
    )
    const frame = ethernet({ etherType: 0x8926 }, { bytes: Uint8Array.of(...TAG, ...inner.bytes) })
    expect(decode(frame).path).toBe('eth:vntag:vlan:ip:udp')
  })
})

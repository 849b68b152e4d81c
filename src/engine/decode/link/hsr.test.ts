import { describe, expect, it } from 'vitest'
import { decode, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ethernet, ipv4, udp } from '../../../../test/traffic/index.ts'

const TAG = bytes(`
  0032   lane A, 50 bytes
  002a   sequence number
  0800   IPv4 follows
`)

describe('decodeHsr', () => {
  itKeepsItsPromises('hsr', TAG)

  it('leads to the packet inside', () => {
    const inner = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
    )
    const frame = ethernet({ etherType: 0x892f }, { bytes: Uint8Array.of(...TAG, ...inner.bytes) })
    expect(decode(frame).path).toBe('eth:hsr:ip:udp')
  })
})

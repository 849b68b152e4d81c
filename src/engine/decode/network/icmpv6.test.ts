import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, icmpv6, ipv6, tcp } from '../../../../test/traffic/index.ts'

const ECHO = bytes(`
  80 00 0000  echo request, checksum
  0001 0001   identifier, sequence number
  6162 6364   data
`)
const row = { ipVersion: 6, ipProtocol: 58 }

describe('decodeIcmpv6', () => {
  itKeepsItsPromises('icmpv6', ECHO, { row })

  it('reads type, code and payload', () => {
    expect(decodeOne('icmpv6', ECHO, { row })).toMatchObject({
      next: 'none',
      rows: [{ icmpType: 128, icmpCode: 0, payloadOffset: 8, payloadLength: 4, path: 'icmpv6' }],
    })
  })

  it.each([1, 2, 3, 4])('gives a row for the packet that an error of type %i quotes', (type) => {
    const probe = ipv6(
      { source: '2001:db8::9', destination: '2001:db8::1' },
      tcp({ sourcePort: 40000, destinationPort: 22 }),
    )
    const packet = ipv6({ source: '2001:db8::fe', destination: '2001:db8::9' }, icmpv6({ type }, probe.bytes))
    expect(decode(packet.bytes, 229)).toMatchObject({
      path: 'ipv6:icmpv6',
      rows: [{ icmpType: type }, { role: 1, dst: '2001:db8::1', dstPort: 22, icmpType: type }],
      issues: [],
    })
  })

  it('reads type and code of what a snaplen left', () => {
    expect(decodeOne('icmpv6', bytes('8700'), { row })).toMatchObject({
      rows: [{ icmpType: 135 }],
      issues: ['truncated-transport-header'],
    })
  })
})

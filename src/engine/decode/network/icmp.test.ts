import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, icmp, ipv4, quoted, tcp, text } from '../../../../test/traffic/index.ts'

const ECHO = bytes(`
  08 00 f7ff  echo request, checksum
  0001 0001   identifier, sequence number
  6162 6364   data
`)
const row = { ipVersion: 4, ipProtocol: 1 }

describe('decodeIcmp', () => {
  itKeepsItsPromises('icmp', ECHO, { row })

  it('reads type, code and payload', () => {
    expect(decodeOne('icmp', ECHO, { row })).toMatchObject({
      next: 'none',
      rows: [{ icmpType: 8, icmpCode: 0, srcPort: -1, payloadOffset: 8, payloadLength: 4, path: 'icmp' }],
    })
  })

  it('reads type and code of what a snaplen left', () => {
    expect(decodeOne('icmp', bytes('03 0d'), { row })).toMatchObject({
      rows: [{ icmpType: 3, icmpCode: 13, payloadLength: 0 }],
      issues: ['truncated-transport-header'],
    })
  })

  it.each([3, 4, 5, 11, 12])('gives a row for the packet that an error of type %i quotes', (type) => {
    const probe = ipv4(
      { source: '10.0.0.9', destination: '10.0.0.1' },
      tcp({ sourcePort: 40000, destinationPort: 22 }),
    )
    const packet = ipv4(
      { source: '10.0.0.254', destination: '10.0.0.9' },
      icmp({ type, code: 1 }, quoted(probe.bytes)),
    )
    expect(decode(packet.bytes, 228)).toMatchObject({
      path: 'ip:icmp',
      rows: [
        { src: '10.0.0.254', ipProtocol: 1, icmpType: type, carried: 'none' },
        {
          role: 1,
          src: '10.0.0.9',
          dst: '10.0.0.1',
          ipProtocol: 6,
          dstPort: 22,
          icmpType: type,
          icmpCode: 1,
        },
      ],
      issues: [],
    })
  })

  it('takes the data of an echo for no quote', () => {
    const inner = ipv4(
      { source: '10.0.0.9', destination: '10.0.0.1' },
      tcp({ sourcePort: 1, destinationPort: 2 }),
    )
    expect(decodeOne('icmp', concat(ECHO.subarray(0, 8), inner.bytes), { row }).rows).toHaveLength(1)
  })

  it('reads an echo inside a packet', () => {
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2' }, icmp({ type: 8 }, text('hello')))
    expect(decode(packet.bytes, 228)).toMatchObject({
      path: 'ip:icmp',
      rows: [{ icmpType: 8, payloadWireLength: 5 }],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ipv4, patched } from '../../../../test/traffic/index.ts'

const DATAGRAM = bytes(`
  9c40 1388  source port 40000, destination port 5000
  0008 0000  the checksum covers the header
  6865 6c6c 6f  hello
`)
const row = { ipVersion: 4, ipProtocol: 136 }

describe('decodeUdpLite', () => {
  itKeepsItsPromises('udplite', DATAGRAM, { row })

  it('reads ports, and takes all behind the header for payload', () => {
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 136 }, DATAGRAM).bytes, 228),
    ).toMatchObject({
      path: 'ip:udplite',
      rows: [{ srcPort: 40000, dstPort: 5000, payloadLength: 5, path: 'ip:udplite' }],
      issues: [],
    })
  })

  it.each([
    ['all', [0, 0], []],
    ['part of the header', [0, 7], ['bad-udp-length']],
    ['more than there is', [0, 14], ['bad-udp-length']],
  ])('lets the checksum cover %s', (_, coverage, issues) => {
    expect(decodeOne('udplite', patched(DATAGRAM, 4, coverage), { row })).toMatchObject({
      rows: [{ payloadLength: 5 }],
      issues,
    })
  })

  it('reads ports of what a snaplen left', () => {
    expect(decodeOne('udplite', DATAGRAM.subarray(0, 4), { row }).rows).toMatchObject([{ dstPort: 5000 }])
  })
})

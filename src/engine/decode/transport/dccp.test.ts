import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, ipv4, patched } from '../../../../test/traffic/index.ts'

const REQUEST = bytes(`
  9c40 138b  source port 40000, destination port 5003
  05 00 0000  data offset of five words, checksum
  01 00 0000  request with a long sequence number
  0000 0001  its lower half
  0000 0000  service code
  6869       data
`)
const row = { ipVersion: 4, ipProtocol: 33 }

describe('decodeDccp', () => {
  itKeepsItsPromises('dccp', REQUEST, { row })
  itKeepsItsPromises('dccp', bytes('9c40 138b 0300 0000 0400 0001  data in the shortest header'), { row })

  it('reads ports and payload', () => {
    expect(
      decode(ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 33 }, REQUEST).bytes, 228),
    ).toMatchObject({
      path: 'ip:dccp',
      rows: [{ srcPort: 40000, dstPort: 5003, payloadLength: 2, payloadWireLength: 2, path: 'ip:dccp' }],
      issues: [],
    })
  })

  it.each([0, 2, 7])('counts a data offset of %i words', (words) => {
    expect(decodeOne('dccp', patched(REQUEST, 4, [words]), { row })).toMatchObject({
      next: 'none',
      rows: [{ dstPort: 5003, payloadLength: 0 }],
      issues: ['bad-dccp-header-length'],
    })
  })

  it('reads ports of what a snaplen left', () => {
    expect(decodeOne('dccp', REQUEST.subarray(0, 4), { row, missing: 18 })).toMatchObject({
      rows: [{ dstPort: 5003 }],
      issues: ['truncated-transport-header'],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, filled, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const HEADER = concat(
  bytes(`
    6c00 0000  108 bytes
    0100 0000  a packet
    0100 0000  Ethernet
  `),
  filled(96),
)
const FRAME = concat(
  HEADER,
  ethernet(
    {},
    ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
    ),
  ),
)

describe('decodePktap', () => {
  itKeepsItsPromises('pktap', FRAME)

  itKeepsItsPromises('pktap', bytes('0c00 0000 0100 0000 0100 0000 0200  the shortest header'))

  it.each([149, 258])('leads to the link inside on link type %i', (linkType) => {
    expect(decode(FRAME, linkType)).toMatchObject({ path: 'pktap:eth:ip:udp', issues: [] })
  })

  it('takes a record that is no packet for a leaf', () => {
    expect(decodeOne('pktap', patched(FRAME, 4, [0])).next).toBe('none')
  })

  it('counts a length that the frame does not have', () => {
    expect(decodeOne('pktap', patched(FRAME, 2, [1])).issues).toEqual(['truncated-link-header'])
    expect(decodeOne('pktap', patched(FRAME, 0, [3])).issues).toEqual(['truncated-link-header'])
  })
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, tcp } from '../../../../test/traffic/index.ts'

const FRAME = bytes(`
  ff03       all stations, unnumbered information
  0021       IPv4
  4500 0028  first bytes of its header
`)
const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' }),
).bytes

describe('decodePpp', () => {
  itKeepsItsPromises('ppp', FRAME)

  it.each([
    ['with address and control', 'ff03 0021', 4],
    ['without them', '0021', 2],
    ['with the protocol in one byte', 'ff03 21', 3],
    ['with neither', '21', 1],
  ])('reads a frame %s', (_, hex, offset) => {
    expect(decodeOne('ppp', concat(bytes(hex), packet))).toMatchObject({ next: 'ip', offset, issues: [] })
  })

  it.each([9, 50])('is link type %i', (linkType) => {
    expect(decode(concat(FRAME.subarray(0, 4), packet), linkType)).toMatchObject({
      path: 'ppp:ip:tcp',
      rows: [{ dstPort: 22 }],
    })
  })

  it('steps aside for Cisco HDLC under the same link type', () => {
    expect(decode(concat(bytes('0f00 0800'), packet), 50).path).toBe('ppp:chdlc:ip:tcp')
  })

  it('knows no other protocol', () => {
    const known = Array.from({ length: 0x8000 }, (_, number) => number * 2 + 1)
      .filter(
        (number) =>
          (number & 0x100) === 0 &&
          decodeOne('ppp', Uint8Array.of(number >> 8, number & 255, 0)).next !== 'data',
      )
      .filter((number) => number >> 8 !== 0x0f && number >> 8 !== 0x8f)
      .map((number) => number.toString(16))
    expect(known).toEqual(
      ['21', '23', '2b', '57', '207', '281', '283', '8021', '8057', 'c021', 'c023', 'c223'].sort(
        (a, b) => parseInt(a, 16) - parseInt(b, 16),
      ),
    )
  })

  it.each([
    ['0023', 'osi'],
    ['002b', 'ipx'],
    ['0207', 'cdp'],
    ['0283', 'mpls'],
    ['0057', 'ipv6'],
    ['0281', 'mpls'],
    ['8021', 'ipcp'],
    ['8057', 'ipv6cp'],
    ['c021', 'lcp'],
    ['c023', 'pap'],
    ['c223', 'chap'],
    ['002d', 'data'],
    ['c227', 'data'],
  ])('knows protocol %s as %s', (hex, next) => {
    expect(decodeOne('ppp', bytes(`${hex} 00`)).next).toBe(next)
  })
})

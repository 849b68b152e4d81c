import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, patched, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '10.0.0.1', destination: '10.0.0.2' },
  udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
).bytes
const HEADER = bytes(`
  02 00 0000           IPv4, version 0, no resource
  0800 0100 0800 0100  packet header attribute of eight bytes
  0500 0a00 00 000000  prefix: an empty text, padded to four bytes
`)
const FRAME = concat(HEADER, Uint8Array.of(packet.length + 4, 0, 9, 0), packet)

describe('decodeNflog', () => {
  itKeepsItsPromises('nflog', FRAME)

  it('finds the packet among the attributes', () => {
    expect(decode(FRAME, 239)).toMatchObject({
      path: 'nflog:ip:udp',
      rows: [{ src: '10.0.0.1' }],
      issues: [],
    })
  })

  it('goes by the family', () => {
    expect(decodeOne('nflog', patched(FRAME, 0, [10])).next).toBe('ipv6')
    expect(decodeOne('nflog', patched(FRAME, 0, [7])).next).toBe('data')
  })

  it('does not go round with an attribute of no length', () => {
    expect(decodeOne('nflog', patched(FRAME, 4, [0]))).toMatchObject({
      next: 'none',
      issues: ['truncated-link-header'],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ipv4, udp } from '../../../../test/traffic/index.ts'

const packet = ipv4(
  { source: '127.0.0.1', destination: '127.0.0.1' },
  udp({ sourcePort: 40000, destinationPort: 53 }, bytes('00')),
).bytes
const INTEL = concat(bytes('0200 0000  IPv4, Intel order'), packet)
const NETWORK = concat(bytes('0000 0002  IPv4, network order'), packet)

describe('decodeBsdNull', () => {
  itKeepsItsPromises('null', INTEL)
  itKeepsItsPromises('null', NETWORK)

  it.each([
    ['Intel order', INTEL, 0],
    ['network order', NETWORK, 0],
    ['the loop link type', NETWORK, 108],
  ])('reads %s', (_, frame, linkType) => {
    expect(decode(frame, linkType)).toMatchObject({
      path: 'null:ip:udp',
      rows: [{ src: '127.0.0.1' }],
      issues: [],
    })
  })

  it('knows no other family', () => {
    const families = Array.from({ length: 256 }, (_, family) => family)
    const known = families.filter(
      (family) => decodeOne('null', Uint8Array.of(family, 0, 0, 0, 1)).next !== 'data',
    )
    expect(known).toEqual([2, 7, 10, 23, 24, 28, 30])
  })

  it.each([
    ['Linux', '0a00 0000', 'ipv6'],
    ['NetBSD and OpenBSD', '1800 0000', 'ipv6'],
    ['FreeBSD', '0000 001c', 'ipv6'],
    ['Darwin', '1e00 0000', 'ipv6'],
    ['OSI', '0700 0000', 'osi'],
    ['IPX', '1700 0000', 'ipx'],
    ['the lowest number that may be an EtherType', '0006 0000', 'data'],
    ['an EtherType instead of a family', '0000 86dd', 'ipv6'],
    ['a Cisco HDLC header instead of a family', '0f00 0800', 'ip'],
    ['a family without a name', '6300 0000', 'data'],
  ])('knows %s', (_, hex, next) => {
    expect(decodeOne('null', concat(bytes(hex), packet)).next).toBe(next)
  })
})

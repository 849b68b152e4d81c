import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { bytes, concat, ethernet, ipv4, udp } from '../../../../test/traffic/index.ts'

const SNAP = bytes(`
  aaaa 03    SNAP both ways, unnumbered information
  0000 00    EtherTypes
  0800 4500  IPv4, and its first bytes
`)

describe('decodeLlc', () => {
  itKeepsItsPromises('llc', SNAP)

  it('reads an EtherType out of SNAP', () => {
    expect(decodeOne('llc', SNAP)).toMatchObject({ next: 'ip', offset: 8, issues: [] })
  })

  it('leads from an 802.3 frame to IP', () => {
    const packet = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2' },
      udp({ sourcePort: 9, destinationPort: 9 }, bytes('00')),
    )
    const content = concat(SNAP.subarray(0, 8), packet.bytes)
    expect(decode(ethernet({ etherType: content.length, paddedTo: 60 }, content))).toMatchObject({
      path: 'eth:llc:ip:udp',
      issues: [],
    })
  })

  it.each([
    ['spanning tree', '4242 03 00', 'stp'],
    ['spanning tree, polled', '4242 13 00', 'stp'],
    ['IPX', 'e0e0 03 ff', 'ipx'],
    ['OSI', 'fefe 03 83', 'osi'],
    ['NetBIOS, an information frame of two control bytes', 'f0f0 0200 2c', 'netbios'],
    ['an unknown service access point', '8888 03 00', 'data'],
    ['an exchange of identification, which carries nothing', '0001 af 8101', 'none'],
    ['a test, which carries anything', '0001 e3 00', 'data'],
    ['a supervisory frame with nothing behind it', 'f0f1 0101', 'none'],
    ['Cisco discovery', 'aaaa 03 00000c 2000 01', 'cdp'],
    ["Cisco's trunks", 'aaaa 03 00000c 2004 01', 'dtp'],
    ["Cisco's per-VLAN spanning tree", 'aaaa 03 00000c 010b 00', 'stp'],
    ['a bridged Ethernet frame', 'aaaa 03 0080c2 0007 00', 'eth'],
    ['an EtherType behind the bridge tunnel code', 'aaaa 03 0000f8 86dd 60', 'ipv6'],
    ["a stranger's protocol", 'aaaa 03 123456 0001 00', 'data'],
  ])('knows %s', (_, hex, next) => {
    expect(decodeOne('llc', bytes(hex)).next).toBe(next)
  })

  it('counts SNAP that ends before its type', () => {
    expect(decodeOne('llc', SNAP.subarray(0, 7)).issues).toEqual(['truncated-link-header'])
  })
})

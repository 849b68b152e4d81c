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

  it('knows no other service access point', () => {
    const known = Array.from({ length: 256 }, (_, number) => number).filter(
      (number) => number !== 0xaa && decodeOne('llc', Uint8Array.of(number, 0, 3, 0)).next !== 'data',
    )
    expect(known).toEqual([0x06, 0x10, 0x14, 0x20, 0x34, 0x42, 0x54, 0x82, 0xe0, 0xf0, 0xfe, 0xff])
  })

  it.each([
    [0x0108, 'stp'],
    [0x0109, 'stp'],
    [0x010b, 'stp'],
    [0x010c, 'stp'],
    [0x0111, 'udld'],
    [0x2000, 'cdp'],
    [0x2003, 'vtp'],
    [0x2004, 'dtp'],
    [0x2005, 'data'],
  ])("knows Cisco's protocol %i as %s", (number, next) => {
    const frame = concat(bytes('aaaa 03 00000c'), Uint8Array.of(number >> 8, number & 255, 0))
    expect(decodeOne('llc', frame).next).toBe(next)
  })

  it.each([
    [0x0001, 'eth'],
    [0x0007, 'eth'],
    [0x000e, 'stp'],
    [0x0003, 'data'],
  ])('knows bridged frame kind %i as %s', (number, next) => {
    expect(decodeOne('llc', concat(bytes('aaaa 03 0080c2'), Uint8Array.of(0, number, 0))).next).toBe(next)
  })

  it('takes SNAP one way only, or outside an unnumbered frame, for none', () => {
    expect(decodeOne('llc', bytes('aa42 03 000000 0800 45')).next).toBe('data')
    expect(decodeOne('llc', bytes('42aa 03 000000 0800 45')).next).toBe('stp')
    expect(decodeOne('llc', bytes('aaaa 0000 000000 0800 45')).next).toBe('none')
  })

  it('counts SNAP that ends before its type', () => {
    expect(decodeOne('llc', SNAP.subarray(0, 7)).issues).toEqual(['truncated-link-header'])
  })
})

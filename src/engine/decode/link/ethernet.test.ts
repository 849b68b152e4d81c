import { describe, expect, it } from 'vitest'
import { decode, decodeOne, itKeepsItsPromises } from '../../../../test/decoding.ts'
import { arp, bytes, concat, ethernet, filled, patched, text } from '../../../../test/traffic/index.ts'

const IPV4_FRAME = bytes(`
  0200 0000 0002  destination
  0200 0000 0001  source
  0800            IPv4
  4500            first bytes of its header
`)

const LLC_FRAME = bytes(`
  0180 c200 0000  destination
  0200 0000 0001  source
  0006            six bytes of LLC
  4242 03         spanning tree, unnumbered information
  0000 00         the message's beginning
  0000 0000       padding
`)

describe('decodeEthernet', () => {
  itKeepsItsPromises('eth', IPV4_FRAME)
  itKeepsItsPromises('eth', LLC_FRAME)

  it('hands on what the type names', () => {
    expect(decodeOne('eth', IPV4_FRAME)).toMatchObject({ next: 'ip', offset: 14, end: 16 })
  })

  it('takes a length for what it is and padding for none', () => {
    expect(decodeOne('eth', LLC_FRAME)).toMatchObject({ next: 'llc', offset: 14, end: 20 })
  })

  it('takes what the snaplen cut off a length for missing, not for a lie', () => {
    const cut = LLC_FRAME.subarray(0, 17)
    expect(decodeOne('eth', cut, { missing: 7 })).toMatchObject({
      next: 'llc',
      end: 17,
      missing: 3,
      issues: [],
    })
  })

  it('counts a length that is longer than the frame', () => {
    const lying = patched(LLC_FRAME, 12, [0x05, 0xdc])
    expect(decodeOne('eth', lying)).toMatchObject({
      next: 'llc',
      end: 24,
      issues: ['ethernet-length-mismatch'],
    })
  })

  it.each([
    ['zero, which is no length', 0x0000, 'data'],
    ['1500, the longest length', 1500, 'llc'],
    ['1501, which is neither', 1501, 'data'],
    ['an EtherType without a name', 0x88b5, 'data'],
    ['MPLS', 0x8847, 'mpls'],
    ['PPPoE', 0x8864, 'pppoes'],
    ['link layer discovery', 0x88cc, 'lldp'],
    ['reverse ARP, which tshark calls arp', 0x8035, 'arp'],
  ])('knows %s', (_, type, next) => {
    const frame = concat(IPV4_FRAME.subarray(0, 12), Uint8Array.of(type >> 8, type & 255), filled(1500, 1))
    expect(decodeOne('eth', frame).next).toBe(next)
  })

  it('knows raw IPX by its checksum of ones', () => {
    expect(decode(concat(LLC_FRAME.subarray(0, 12), bytes('0004 ffff 0000')))).toMatchObject({
      path: 'eth:ipx',
    })
  })

  it('names no data where there is none', () => {
    expect(decode(ethernet({ etherType: 0x88b5 }, new Uint8Array(0))).path).toBe('eth')
    expect(decode(ethernet({ etherType: 0x88b5 }, text('x'))).path).toBe('eth:data')
  })

  it('counts a frame that ends in its header, and leaves it at eth', () => {
    expect(
      decode(ethernet({}, arp({ senderAddress: '10.0.0.1', targetAddress: '10.0.0.2' })).subarray(0, 13)),
    ).toMatchObject({
      path: 'eth',
      rows: [],
      issues: ['truncated-link-header'],
    })
  })
})

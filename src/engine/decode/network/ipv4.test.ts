import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, itKeepsItsPromises, newPacket } from '../../../../test/decoding.ts'
import {
  bytes,
  concat,
  ethernet,
  filled,
  ipv4,
  patched,
  tcp,
  text,
  udp,
} from '../../../../test/traffic/index.ts'
import { FlowRole, FragmentPart, NO_PORT } from '../flow-batch.ts'

const HEADER = bytes(`
  45 00 0028  version 4, five words; forty bytes in all
  1c46 4000   identification; whole, not to be fragmented
  40 06 b1e6  time to live 64, TCP
  ac10 0a63   source 172.16.10.99
  ac10 0a0c   destination 172.16.10.12
`)
const SYN = bytes('9c40 0016 0000 0001 0000 0000 5002 0400 0000 0000')
const PACKET = concat(HEADER, SYN)

describe('decodeIpv4', () => {
  itKeepsItsPromises('ip', PACKET)

  it('begins a row', () => {
    const { next, offset, end, rows } = decodeOne('ip', PACKET)
    expect({ next, offset, end }).toEqual({ next: 'tcp', offset: 20, end: 40 })
    expect(rows).toMatchObject([
      {
        role: FlowRole.packet,
        ipVersion: 4,
        src: '172.16.10.99',
        dst: '172.16.10.12',
        ipProtocol: 6,
        timeToLive: 64,
        ipId: 0x1c46,
        fragment: FragmentPart.whole,
        tunnel: 'none',
        path: 'ip',
      },
    ])
  })

  it('takes padding for none of its bytes', () => {
    expect(decodeOne('ip', concat(PACKET, filled(6, 0xee)))).toMatchObject({
      end: 40,
      missing: 0,
      issues: [],
    })
  })

  it('keeps count of what a snaplen cut off', () => {
    expect(decodeOne('ip', PACKET.subarray(0, 30), { missing: 10 })).toMatchObject({
      next: 'tcp',
      end: 30,
      missing: 10,
      issues: [],
    })
  })

  it.each(cuts(HEADER).map((cut) => [cut.length, cut]))('gives no row for %i bytes', (_, cut) => {
    expect(decodeOne('ip', cut)).toMatchObject({
      next: 'none',
      rows: [],
      issues: ['truncated-network-header'],
    })
  })

  describe('lengths that lie', () => {
    it.each([0, 4])('gives addresses and no ports for a header of %i words', (words) => {
      const frame = ethernet({}, { bytes: patched(PACKET, 0, [0x40 | words]), etherType: 0x0800 })
      expect(decode(frame)).toMatchObject({
        path: 'eth:ip',
        rows: [{ src: '172.16.10.99', srcPort: NO_PORT }],
        issues: ['bad-ip-header-length'],
      })
    })

    it('reads a header of fifteen words that the packet does not have', () => {
      expect(decodeOne('ip', patched(PACKET, 0, [0x4f])).issues).toEqual(['bad-ip-total-length'])
      const long = patched(patched(PACKET, 0, [0x4f]), 2, [0, 60])
      expect(decodeOne('ip', long)).toMatchObject({
        next: 'none',
        issues: ['bad-ip-header-length', 'bad-ip-total-length'],
      })
      expect(decodeOne('ip', long, { missing: 20 }).issues).toEqual(['truncated-network-header'])
    })

    it('ends at a total length below the header', () => {
      expect(decodeOne('ip', patched(PACKET, 2, [0, 19]))).toMatchObject({
        next: 'none',
        issues: ['bad-ip-total-length'],
      })
    })

    it('goes on with what is there when the total length is more', () => {
      expect(decodeOne('ip', patched(PACKET, 2, [0, 41]))).toMatchObject({
        next: 'tcp',
        end: 40,
        issues: ['bad-ip-total-length'],
      })
    })

    it('takes a total length of zero for segmentation offload', () => {
      expect(decodeOne('ip', patched(PACKET, 2, [0, 0]))).toMatchObject({
        next: 'tcp',
        end: 40,
        issues: ['ip-total-length-zero'],
      })
    })
  })

  describe('versions', () => {
    it('follows IPv6 under the number of IPv4', () => {
      expect(decodeOne('ip', patched(PACKET, 0, [0x60]))).toMatchObject({
        next: 'ipv6',
        offset: 0,
        rows: [],
        issues: ['bad-ip-version'],
      })
    })

    it('ends at any other', () => {
      expect(decodeOne('ip', patched(PACKET, 0, [0x55]))).toMatchObject({
        next: 'none',
        issues: ['bad-ip-version'],
      })
    })
  })

  describe('options', () => {
    const withOptions = (options: Uint8Array) =>
      ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2', options },
        tcp({ sourcePort: 1, destinationPort: 2 }),
      ).bytes

    itKeepsItsPromises('ip', withOptions(bytes('07 07 04 0000 0000 01  record route; no operation')))

    it.each([
      ['router alert', '9404 0000', []],
      ['an end before the last word', '00ff ffff ffff ffff', []],
      ['a length of zero', '0700 0000', ['bad-ip-option']],
      ['a length of one', '0701 0000', ['bad-ip-option']],
      ['a length beyond the header', '0705 0000', ['bad-ip-option']],
      ['a kind whose length is behind the header', '0101 0107', ['bad-ip-option']],
    ])('walks %s and reads TCP behind it', (_, hex, issues) => {
      expect(decodeOne('ip', withOptions(bytes(hex)))).toMatchObject({ next: 'tcp', issues })
    })
  })

  describe('fragments', () => {
    const fragment = (fields: object, payload: Uint8Array) =>
      ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, ...fields }, payload).bytes
    const datagram = udp({ sourcePort: 40000, destinationPort: 9 }, text('a'.repeat(40))).bytes

    it('reads ports in the first', () => {
      const first = fragment({ moreFragments: true, identification: 7 }, datagram.subarray(0, 24))
      expect(decode(first, 228)).toMatchObject({
        path: 'ip:udp',
        rows: [
          { fragment: FragmentPart.first, ipId: 7, dstPort: 9, payloadLength: 16, payloadWireLength: 16 },
        ],
        issues: [],
      })
    })

    it('takes the bytes of a later one for data, as tshark does', () => {
      const later = fragment({ fragmentOffset: 24 }, datagram.subarray(24))
      expect(decode(later, 228)).toMatchObject({
        path: 'ip:data',
        rows: [
          {
            fragment: FragmentPart.later,
            ipProtocol: 17,
            dstPort: NO_PORT,
            payloadLength: 24,
            path: 'ip:data',
          },
        ],
        issues: [],
      })
    })
  })

  it('counts rows up to eight, then the nesting', () => {
    let nested = udp({ sourcePort: 1, destinationPort: 2 }, text('x')).bytes
    for (let depth = 0; depth < 20; depth++) {
      nested = ipv4(
        { source: '10.0.0.1', destination: '10.0.0.2', protocol: depth === 0 ? 17 : 4 },
        nested,
      ).bytes
    }
    const decoded = decode(nested, 228, { packet: newPacket() })
    expect(decoded.rows).toHaveLength(8)
    expect(decoded.rows.map(({ carried }) => carried)).toEqual(Array(8).fill('ipip'))
    expect(decoded.issues).toEqual(['too-many-layers'])
  })
})

import { describe, expect, it } from 'vitest'
import { cuts, decode, decodeOne, newPacket, type Row } from '../../../../test/decoding.ts'
import {
  bytes,
  concat,
  filled,
  icmp,
  icmpv6,
  ipv4,
  ipv6,
  ipv6Extension,
  ipv6Fragment,
  patched,
  tcp,
  text,
  udp,
} from '../../../../test/traffic/index.ts'
import { FlowRole, FragmentPart, NO_PORT, NO_TCP_FLAGS } from '../flow-batch.ts'

const router = { source: '10.0.0.254', destination: '10.0.0.9' }
const probe = { source: '10.0.0.9', destination: '10.0.0.1', ttl: 1, identification: 0x1234 }
const router6 = { source: '2001:db8::fe', destination: '2001:db8::9' }
const probe6 = { source: '2001:db8::9', destination: '2001:db8::1', hopLimit: 3 }
const syn = tcp({ sourcePort: 40000, destinationPort: 22, sequence: 0x01020304, flags: 'S' })

const unreachable = (quote: Uint8Array) => decode(ipv4(router, icmp({ type: 3, code: 3 }, quote)).bytes, 228)
const unreachable6 = (quote: Uint8Array) =>
  decode(ipv6(router6, icmpv6({ type: 1, code: 4 }, quote)).bytes, 229)
const quoteOf = ({ rows }: { readonly rows: readonly Row[] }) => rows[1]

describe('readQuote', () => {
  it('tells of the packet that could not be delivered, and of the error', () => {
    expect(quoteOf(unreachable(ipv4(probe, syn).bytes.subarray(0, 28)))).toEqual({
      role: FlowRole.quoted,
      ipVersion: 4,
      src: '10.0.0.9',
      dst: '10.0.0.1',
      ipProtocol: 6,
      srcPort: 40000,
      dstPort: 22,
      timeToLive: 1,
      ipId: 0x1234,
      fragment: FragmentPart.whole,
      fragmentLength: 0,
      fragmentTotal: 0,
      tcpFlags: NO_TCP_FLAGS,
      sequence: 0x01020304,
      acknowledgment: 0,
      window: 0,
      tcpOptions: 0,
      icmpType: 3,
      icmpCode: 3,
      payloadOffset: 0,
      payloadLength: 0,
      payloadWireLength: 0,
      hardwareHigh: 0,
      hardwareLow: 0,
      tunnel: 'none',
      carried: 'none',
      path: 'ip:icmp',
    })
  })

  it('reads flags where the error quotes more than eight bytes', () => {
    expect(quoteOf(unreachable(ipv4(probe, syn).bytes))).toMatchObject({ tcpFlags: 2 })
  })

  it('reads ports from four bytes, and none from fewer', () => {
    const quote = ipv4(probe, udp({ sourcePort: 40000, destinationPort: 161 }, text('x'))).bytes
    expect(quoteOf(unreachable(quote.subarray(0, 24)))).toMatchObject({ ipProtocol: 17, dstPort: 161 })
    expect(quoteOf(unreachable(quote.subarray(0, 23)))).toMatchObject({ ipProtocol: 17, dstPort: NO_PORT })
  })

  it('finds the ports behind options', () => {
    const quote = ipv4({ ...probe, options: bytes('9404 0000') }, syn).bytes
    expect(quoteOf(unreachable(quote))).toMatchObject({ dstPort: 22 })
  })

  it('looks for no ports where there are none', () => {
    const echo = ipv4(probe, icmp({ type: 8 }, text('x'))).bytes
    expect(quoteOf(unreachable(echo))).toMatchObject({ ipProtocol: 1, srcPort: NO_PORT, icmpType: 3 })
    const later = ipv4({ ...probe, fragmentOffset: 1480, protocol: 17 }, filled(8, 0x11)).bytes
    expect(quoteOf(unreachable(later))).toMatchObject({ fragment: FragmentPart.later, srcPort: NO_PORT })
  })

  it('gives one row and an issue for a quote without a whole IP header', () => {
    for (const cut of cuts(ipv4(probe, syn).bytes.subarray(0, 20))) {
      expect(unreachable(cut)).toMatchObject({ rows: [{ ipProtocol: 1 }], issues: ['bad-icmp-quote'] })
    }
  })

  it('blames the snaplen where there is one', () => {
    const packet = ipv4(router, icmp({ type: 3, code: 3 }, ipv4(probe, syn).bytes)).bytes
    expect(decode(packet.subarray(0, 40), 228, { missing: packet.length - 40 }).issues).toEqual([
      'truncated-transport-header',
    ])
  })

  it.each([
    ['another version', [0x55]],
    ['a header of four words', [0x44]],
  ])('refuses %s', (_, first) => {
    expect(unreachable(patched(ipv4(probe, syn).bytes, 0, first))).toMatchObject({
      rows: [{ ipProtocol: 1 }],
      issues: ['bad-icmp-quote'],
    })
  })

  it('takes 255.255.255.255 for an address', () => {
    const quote = ipv4({ ...probe, source: '255.255.255.255' }, syn).bytes
    expect(quoteOf(unreachable(quote))).toMatchObject({ src: '255.255.255.255', dstPort: 22 })
  })

  describe('of IPv6', () => {
    it('finds addresses and ports', () => {
      expect(quoteOf(unreachable6(ipv6(probe6, syn).bytes))).toMatchObject({
        role: FlowRole.quoted,
        ipVersion: 6,
        src: '2001:db8::9',
        dst: '2001:db8::1',
        ipProtocol: 6,
        timeToLive: 3,
        dstPort: 22,
        icmpType: 1,
        icmpCode: 4,
        path: 'ipv6:icmpv6',
      })
    })

    it('finds the ports behind extension headers', () => {
      const quote = ipv6(probe6, ipv6Extension(0, filled(6), ipv6Extension(60, filled(14), syn))).bytes
      expect(quoteOf(unreachable6(quote))).toMatchObject({ ipProtocol: 6, dstPort: 22 })
    })

    it('finds the ports behind an authentication header', () => {
      const header = bytes('0604 0000 0000 0001 0000 0001 0011 2233 4455 6677 8899 aabb')
      const quote = ipv6(probe6, { bytes: concat(header, syn.bytes), ipProtocol: 51 }).bytes
      expect(quoteOf(unreachable6(quote))).toMatchObject({ ipProtocol: 6, dstPort: 22 })
    })

    it('knows fragments', () => {
      const first = ipv6(probe6, ipv6Fragment({ offset: 0, more: true, identification: 7 }, syn)).bytes
      expect(quoteOf(unreachable6(first))).toMatchObject({
        fragment: FragmentPart.first,
        ipId: 7,
        dstPort: 22,
      })
      const later = ipv6(probe6, ipv6Fragment({ offset: 8, more: true, identification: 7 }, syn)).bytes
      expect(quoteOf(unreachable6(later))).toMatchObject({
        fragment: FragmentPart.later,
        ipProtocol: 6,
        dstPort: NO_PORT,
      })
    })

    it('gives up on endless extension headers', () => {
      const endless = concat(...Array.from({ length: 100 }, () => bytes('3c00 0104 0000 0000')))
      const quote = ipv6(probe6, { bytes: endless, ipProtocol: 60 }).bytes
      expect(quoteOf(unreachable6(quote))).toMatchObject({ ipProtocol: 60, dstPort: NO_PORT })
    })

    it('ends at every length inside the error', () => {
      for (const cut of cuts(ipv6(probe6, ipv6Extension(0, filled(6), syn)).bytes)) {
        expect(unreachable6(cut).rows.length).toBe(cut.length < 40 ? 1 : 2)
      }
    })

    it('says so when the address table is full', () => {
      const packet = ipv6(
        router6,
        icmpv6({ type: 1 }, ipv6({ ...probe6, source: 'fd00::1' }, syn).bytes),
      ).bytes
      expect(decode(packet, 229, { packet: newPacket(2) })).toMatchObject({
        rows: [{ icmpType: 1 }],
        issues: ['address-table-full'],
      })
    })
  })

  it('counts as a row like any other towards the limit of a frame', () => {
    let nested = ipv4(router, icmp({ type: 11 }, ipv4(probe, syn).bytes)).bytes
    for (let depth = 1; depth < 8; depth++) nested = ipv4({ ...router, protocol: 4 }, nested).bytes
    expect(decode(nested, 228)).toMatchObject({ issues: ['too-many-layers'] })
    expect(decode(nested, 228).rows).toHaveLength(8)
  })

  it('carries the tunnel of the error', () => {
    const inner = ipv4(router, icmp({ type: 11 }, ipv4(probe, syn).bytes))
    const rows = decode(ipv4({ source: '192.0.2.1', destination: '192.0.2.2' }, inner).bytes, 228).rows
    expect(rows.map(({ role, tunnel }) => [role, tunnel])).toEqual([
      [FlowRole.packet, 'none'],
      [FlowRole.packet, 'ipip'],
      [FlowRole.quoted, 'ipip'],
    ])
  })

  it('reads no more than the message holds', () => {
    const row = { ipVersion: 4, ipProtocol: 1 }
    const message = icmp({ type: 3 }, ipv4(probe, syn).bytes.subarray(0, 22)).bytes
    expect(decodeOne('icmp', message, { row, behind: 0x11 }).rows[1]).toMatchObject({ srcPort: NO_PORT })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cuts, decode, expectInside, newPacket } from '../../../test/decoding.ts'
import {
  arp,
  bytes,
  concat,
  ethernet,
  filled,
  icmp,
  ip,
  ipv4,
  ipv6,
  neighborSolicitation,
  patched,
  quoted,
  tcp,
  text,
  udp,
  vlan,
} from '../../../test/traffic/index.ts'
import { decodeFrame, LAYER_COUNT_MAX } from './decode-frame.ts'
import { FLOW_BATCH_MAX, FLOWS_PER_FRAME_MAX } from './flow-batch.ts'
import { linkProtocol } from './link/link-layer.ts'
import { PATH_COUNT_MAX } from './protocol-path.ts'

const linkTypes = Array.from({ length: 300 }, (_, number) => number).filter(
  (number) => linkProtocol(number) !== 0,
)

const syn = tcp({ sourcePort: 40000, destinationPort: 22, flags: 'S' })
const four = { source: '10.0.0.1', destination: '10.0.0.2' }
const six = { source: '2001:db8::1', destination: '2001:db8::2' }
const examples: Readonly<Record<string, Uint8Array>> = {
  'a segment': ethernet({ paddedTo: 60 }, ipv4(four, syn)),
  'a datagram over IPv6': ethernet(
    {},
    ipv6(six, udp({ sourcePort: 5353, destinationPort: 5353 }, text('hello'))),
  ),
  'an ARP request': ethernet({ paddedTo: 60 }, arp({ senderAddress: '10.0.0.1', targetAddress: '10.0.0.2' })),
  'a neighbour solicitation': ethernet({}, ipv6(six, neighborSolicitation('2001:db8::3'))),
  'an ICMP error': ethernet({}, ipv4(four, icmp({ type: 3, code: 3 }, quoted(ipv4(four, syn).bytes)))),
  'tags, a tunnel and a packet': ethernet(
    {},
    vlan(
      { id: 1, announcedAs: 0x88a8 },
      vlan(
        { id: 2 },
        ipv4(
          four,
          udp(
            { sourcePort: 50000, destinationPort: 4789 },
            concat(bytes('0800 0000 0000 2a00'), ethernet({}, ip(six, syn))),
          ),
        ),
      ),
    ),
  ),
}

/** Bytes that more often than chance say something a decoder follows. */
const header = fc.constantFrom(
  '0800',
  '86dd',
  '8100',
  '8847',
  '8864 1100 0001 0040',
  '4500 0040 0000 0000 4011 0000 0a00 0001 0a00 0002',
  '4500 0000 0000 0000 4004 0000 0a00 0001 0a00 0002',
  '4500 0040 0000 0000 402f 0000 0a00 0001 0a00 0002',
  '6000 0000 0040 0040 2001 0db8 0000 0000 0000 0000 0000 0001 2001 0db8 0000 0000 0000 0000 0000 0002',
  '3c00 0104 0000 0000',
  '2c00 0000 0000 0001',
  'c350 12b5 0040 0000 0800 0000 0000 0100',
  'c350 0868 0040 0000 30ff 0030 0000 0001',
  '0000 6558',
  'aaaa 0300 0000 0800',
  '0300 0000 0000 0000',
  '8700 0000 0000 0000',
)
const pieces = fc.oneof(
  header.map((hex) => bytes(hex)),
  fc.uint8Array({ maxLength: 12 }),
)
const frames = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(pieces, { maxLength: 30 }).map((parts) => concat(...parts)),
)

describe('decodeFrame', () => {
  it('keeps its promises for any bytes of any link type', () => {
    const packet = newPacket(1000)
    fc.assert(
      fc.property(fc.constantFrom(...linkTypes), frames, fc.nat(2000), (linkType, frame, missing) => {
        const decoded = decode(frame, linkType, { missing, packet })
        expectInside(decoded, frame.length)
        for (const row of decoded.rows) expect(row.path).not.toBe('')
        const again = decode(frame, linkType, { missing, packet, behind: 0xff })
        expect(again).toEqual(decoded)
      }),
      { numRuns: 4000 },
    )
    expect(packet.paths.pathCount).toBeLessThanOrEqual(PATH_COUNT_MAX)
  })

  it.each(Object.entries(examples))(
    'reads %s cut at every length, and loses rows only at the end',
    (_, frame) => {
      let rowCount = 0
      for (const cut of [...cuts(frame), frame]) {
        const decoded = decode(cut, 1, { missing: frame.length - cut.length })
        expectInside(decoded, cut.length)
        expect(decoded.rows.length).toBeGreaterThanOrEqual(rowCount)
        rowCount = decoded.rows.length
      }
      expect(decode(frame).issues).toEqual([])
    },
  )

  it.each(Object.entries(examples))('survives any byte of %s being any other', (_, frame) => {
    for (let at = 0; at < frame.length; at++) {
      for (let value = 0; value < 256; value += 5)
        expectInside(decode(patched(frame, at, [value])), frame.length)
    }
  })

  it('keeps nothing of the frame before', () => {
    const packet = newPacket()
    for (const before of Object.values(examples)) {
      for (const frame of Object.values(examples)) {
        decode(before, 1, { packet })
        expect(decode(frame, 1, { packet })).toEqual(decode(frame, 1, { packet: newPacket() }))
      }
    }
  })

  describe('crafted frames', () => {
    const headersRead = (frame: Uint8Array, linkType = 1) => {
      const decoded = decode(frame, linkType, { packet: newPacket() })
      expectInside(decoded, frame.length)
      return decoded
    }

    it('of 16,000 VLAN tags end after 64 layers', () => {
      const tags = concat(...Array.from({ length: 16_000 }, () => bytes('0001 8100')))
      const { issues, offset } = headersRead(ethernet({ etherType: 0x8100 }, tags))
      expect(issues).toEqual(['too-many-layers'])
      expect(offset).toBe(14 + (LAYER_COUNT_MAX - 1) * 4)
    })

    it('of 2,000 packets in each other end after eight rows', () => {
      let nested: Uint8Array = new Uint8Array(0)
      for (let depth = 0; depth < 2000; depth++) nested = ipv4({ ...four, protocol: 4 }, nested).bytes
      const { rows, issues } = headersRead(ethernet({}, { bytes: nested, etherType: 0x0800 }))
      expect(rows).toHaveLength(FLOWS_PER_FRAME_MAX)
      expect(issues).toEqual(['too-many-layers'])
    })

    it('of 8,000 extension headers end at their limit', () => {
      const headers = concat(...Array.from({ length: 8000 }, () => bytes('3c00 0104 0000 0000')))
      const { rows, issues } = headersRead(ethernet({}, ipv6(six, { bytes: headers, ipProtocol: 60 })))
      expect(rows).toHaveLength(1)
      expect(issues).toEqual(['too-many-extension-headers'])
    })

    it.each([
      ['a header of no words', 0, [0x40], ['bad-ip-header-length']],
      ['a header of fifteen words', 0, [0x4f], ['bad-ip-total-length']],
      ['a total length of one', 2, [0, 1], ['bad-ip-total-length']],
      ['a total length of 65535', 2, [0xff, 0xff], ['bad-ip-total-length']],
      ['a TCP header of no words', 32, [0x00], ['bad-tcp-header-length']],
      ['a TCP header of fifteen words', 32, [0xf0], ['bad-tcp-header-length']],
    ])('with %s give addresses and an issue', (_, at, value, issues) => {
      const packet = ipv4(four, syn).bytes
      expect(headersRead(patched(packet, at, value), 228)).toMatchObject({
        rows: [{ src: '10.0.0.1', dst: '10.0.0.2' }],
        issues,
      })
    })

    it('with a TCP option of no length end the options', () => {
      const packet = ipv4(four, tcp({ sourcePort: 1, destinationPort: 2, options: bytes('0100 0000') })).bytes
      expect(headersRead(patched(packet, 41, [2, 0]), 228).issues).toEqual(['bad-tcp-option'])
    })

    it.each([
      [0, ['bad-udp-length']],
      [7, ['bad-udp-length']],
      [14, ['bad-udp-length']],
      [65_535, ['bad-udp-length']],
      [12, []],
    ])('with a UDP length of %i where there are 13 bytes still give the ports', (length, issues) => {
      const packet = ipv4(four, udp({ sourcePort: 1, destinationPort: 2 }, text('hello'))).bytes
      expect(headersRead(patched(packet, 24, [length >> 8, length & 255]), 228)).toMatchObject({
        rows: [{ srcPort: 1, dstPort: 2 }],
        issues,
      })
    })

    it('of a new stack each fill the table of paths and no more', () => {
      const packet = newPacket()
      const kinds = ['8100', '88a8', '8926']
      for (let stack = 0; stack < 3 ** 8; stack++) {
        // Each tag names the next; eight of three kinds make more stacks than the table holds.
        const order = Array.from({ length: 8 }, (_, place) => kinds[Math.floor(stack / 3 ** place) % 3]!)
        const tags = order.map((kind, place) =>
          bytes(`${order[place - 1] === '8926' ? '0001 0002' : '0001'} ${kind}`),
        )
        decode(ethernet({ etherType: 0x8100 }, concat(...tags)), 1, { packet })
      }
      expect(packet.paths.pathCount).toBe(PATH_COUNT_MAX)
      expect(packet.paths.refusedCount).toBeGreaterThan(0)
    })
  })

  it('leaves room for a batch: a frame adds eight rows at most', () => {
    const packet = newPacket()
    let nested: Uint8Array = filled(4)
    for (let depth = 0; depth < 30; depth++) nested = ipv4({ ...four, protocol: 4 }, nested).bytes
    for (let frame = 0; packet.flows.count + FLOWS_PER_FRAME_MAX <= FLOW_BATCH_MAX; frame++) {
      const before = packet.flows.count
      packet.start(nested, 0, nested.length, 0, frame)
      decodeFrame(packet, 228)
      expect(packet.flows.count - before).toBe(FLOWS_PER_FRAME_MAX)
      expect(packet.flows.frame[before]).toBe(frame)
    }
    expect(packet.flows.count).toBe(FLOW_BATCH_MAX)
  })
})

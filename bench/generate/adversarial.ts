/**
 * Captures made to cost as much as they can for their length, each of a length that a number sets: what an attacker would send to
 * a program that reads it. Doubling the number must no more than double the work.
 */

import {
  arp,
  at,
  block,
  broadcastMac,
  bytes,
  concat,
  ethernet,
  filled,
  interfaceDescription,
  ipv4,
  ipv6,
  pcap,
  sectionHeader,
  tcp,
  text,
  udp,
  vlan,
  type Frame,
  type Layer,
} from '../../test/traffic/index.ts'

const [A, B] = ['10.0.0.1', '10.0.0.2']
const ends = { source: A, destination: B }
const sixEnds = { source: '2001:db8::1', destination: '2001:db8::2' }

/** Makes the capture for `n`: n frames, or n of what it is named for. */
export type Adversarial = (n: number) => Uint8Array

const PCAP_HEADER_LENGTH = 24
/** Frames put together at once: more would be more arguments than a call takes. */
const PIECE = 10_000

const each = (n: number, frame: (i: number) => Uint8Array): Uint8Array => {
  const pieces = Array.from({ length: Math.ceil(n / PIECE) }, (_, piece) => {
    const count = Math.min(PIECE, n - piece * PIECE)
    const frames = Array.from({ length: count }, (_, i): Frame => {
      const number = piece * PIECE + i
      return { time: at(number >> 10), bytes: frame(number) }
    })
    return piece === 0 ? pcap(frames) : pcap(frames).subarray(PCAP_HEADER_LENGTH)
  })
  return concat(...pieces)
}
const repeated = (n: number, frame: Uint8Array): Uint8Array => each(n, () => frame)

const word = (i: number): Uint8Array => Uint8Array.of(i >>> 24, i >>> 16, i >>> 8, i)
const address = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`

const nested = (depth: number): Uint8Array => {
  let layer: Layer = ipv4({ ...ends, protocol: 4 }, new Uint8Array(0))
  for (let i = 0; i < depth; i++) layer = ipv4({ ...ends, protocol: 4 }, layer)
  return ethernet({}, layer)
}
const tagged = (count: number): Uint8Array => {
  let layer: Layer = ipv4(ends, udp({ sourcePort: 9, destinationPort: 9 }))
  for (let i = 0; i < count; i++) layer = vlan({ id: i & 0xfff }, layer)
  return ethernet({}, layer)
}
const extended = (count: number): Uint8Array => {
  const headers = concat(...Array.from({ length: count }, () => bytes('3c00000000000000')))
  return ethernet({}, ipv6({ ...sixEnds, nextHeader: 60 }, headers))
}
const dns = (message: Uint8Array): Uint8Array =>
  ethernet({}, ipv4(ends, udp({ sourcePort: 53, destinationPort: 40_000 }, message)))
/** A name of pointers that each lead to the pointer before, and as many records as ask for it. */
const pointers = (): Uint8Array => {
  const chain = Array.from({ length: 120 }, (_, i) => {
    const target = i === 0 ? 12 : 12 + 2 * i
    return Uint8Array.of(0xc0 | (target >> 8), target & 0xff)
  })
  const head = bytes('0007 8180 0001 ffff 0000 0000')
  const last = Uint8Array.of(0xc0, 12 + 2 * 120)
  const records = Array.from({ length: 80 }, () => concat(last, bytes('0001 0001 00000000 0000')))
  return dns(concat(head, bytes('0000'), ...chain, ...records))
}

export const ADVERSARIAL: Readonly<Record<string, { readonly n: number; readonly make: Adversarial }>> = {
  'tunnels in tunnels': { n: 1_500, make: (n) => repeated(n, nested(2_000)) },
  '1000 VLAN tags': { n: 12_000, make: (n) => repeated(n, tagged(1_000)) },
  '8000 extension headers': { n: 1_500, make: (n) => repeated(n, extended(8_000)) },
  'DNS pointer loops': { n: 40_000, make: (n) => repeated(n, pointers()) },
  'DNS counts of 65,535': {
    n: 40_000,
    make: (n) => repeated(n, dns(concat(bytes('0007 8180 ffff ffff ffff ffff'), filled(400)))),
  },
  'TCP option floods': {
    n: 80_000,
    make: (n) => {
      const segment = ipv4(
        ends,
        tcp({ sourcePort: 1, destinationPort: 80, flags: 'S', options: filled(40, 1) }),
      )
      return repeated(n, ethernet({}, segment))
    },
  },
  'tiny fragments of ever new datagrams': {
    n: 80_000,
    make: (n) =>
      each(n, (i) =>
        ethernet(
          {},
          ipv4(
            { ...ends, protocol: 17, identification: i & 0xffff, fragmentOffset: 8, moreFragments: true },
            word(i),
          ),
        ),
      ),
  },
  'tiny fragments of one datagram': {
    n: 80_000,
    make: (n) =>
      each(n, (i) =>
        ethernet(
          {},
          ipv4(
            {
              ...ends,
              protocol: 17,
              identification: 7,
              fragmentOffset: (i & 0x1fff) * 8,
              moreFragments: true,
            },
            filled(8),
          ),
        ),
      ),
  },
  'SYNs that each begin anew on one pair of ports': {
    // Below, growing tables by a slab is a larger share of the work for twice as many.
    n: 320_000,
    make: (n) =>
      each(n, (i) =>
        ethernet({}, ipv4(ends, tcp({ sourcePort: 1, destinationPort: 80, flags: 'S', sequence: i * 7 }))),
      ),
  },
  'a source and a port of its own in every packet': {
    n: 80_000,
    make: (n) =>
      each(n, (i) =>
        ethernet(
          {},
          ipv4(
            { source: address(i), destination: B },
            tcp({ sourcePort: i & 0xffff, destinationPort: (i * 31) & 0xffff, flags: 'S' }),
          ),
        ),
      ),
  },
  'ARP answers from ever new hardware': {
    n: 80_000,
    make: (n) =>
      each(n, (i) =>
        ethernet(
          { destination: broadcastMac },
          arp({
            senderAddress: address(i & 255),
            targetAddress: B,
            senderMac: `02:00:${[...word(i)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
          }),
        ),
      ),
  },
  'lines without an end': {
    n: 4_000,
    make: (n) =>
      repeated(
        n,
        ethernet(
          {},
          ipv4(
            ends,
            tcp(
              { sourcePort: 9, destinationPort: 80, flags: 'PA' },
              concat(text('GET /'), filled(30_000, 0x61)),
            ),
          ),
        ),
      ),
  },
  'blocks of twelve bytes': {
    n: 400_000,
    make: (n) => {
      const empty = block(0x7777, new Uint8Array(0))
      const many = new Uint8Array(n * empty.length)
      for (let i = 0; i < n; i++) many.set(empty, i * empty.length)
      return concat(sectionHeader(), interfaceDescription(), many)
    },
  },
}

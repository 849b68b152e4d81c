/** What mutations begin with: our own captures of every protocol and container, and where it is there the shared corpus. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SHARED } from '../captures/shared-captures.ts'
import { payloadCapture } from '../hostile/payload-capture.ts'
import { PAYLOADS } from '../hostile/payloads.data.ts'
import * as traffic from '../traffic/index.ts'
import type { Frame } from '../traffic/index.ts'

/** A capture's frames, so that decoders can be reached through a container that is sound. */
export interface FrameSeed {
  readonly linkType: number
  readonly frames: readonly Uint8Array[]
}

export interface Seeds {
  /** Whole files of at most SEED_LENGTH_MAX bytes. */
  readonly captures: readonly Uint8Array[]
  readonly frames: readonly FrameSeed[]
}

/** Longer seeds cost more a run and hide one change among many bytes; shorter ones lose whole handshakes. */
const SEED_LENGTH_MAX = 3_000
const FRAMES_PER_SEED_MAX = 40

/** `withCorpus` adds the small captures kept beside the project, where they are. */
export function makeSeeds(withCorpus: boolean): Seeds {
  const own = ownScripts()
  const hostile = PAYLOADS.map(payloadCapture)
  const captures = [...own.flatMap(containersOf), ...oddContainers(), ...hostile]
  const frames: FrameSeed[] = own.map((script) => ({ linkType: 1, frames: script.map(({ bytes }) => bytes) }))
  for (const path of [...filesUnder('samples'), ...(withCorpus && existsSync(SHARED) ? corpusFiles() : [])]) {
    const bytes = readFileSync(path)
    if (bytes.length <= SEED_LENGTH_MAX) captures.push(bytes)
    const seed = framesOf(bytes)
    if (seed !== null) frames.push(seed)
  }
  return { captures, frames }
}

/** One script for each protocol that the traffic builders write. */
function ownScripts(): readonly (readonly Frame[])[] {
  const ends = { originator: '10.0.0.1', responder: '10.0.0.2' }
  const six = { originator: '2001:db8::1', responder: '2001:db8::2' }
  const { ethernet, ipv4, ipv6, tcp, udp, vlan, arp, at, bytes, text, START } = traffic
  const one = (frame: Uint8Array): Frame[] => [{ time: START, bytes: frame }]
  const v4 = { source: '10.0.0.1', destination: '10.0.0.2' }
  const v6 = { source: '2001:db8::1', destination: '2001:db8::2' }
  const inner = ipv4(v4, tcp({ sourcePort: 40_000, destinationPort: 80, flags: 'S' }))
  const innerFrame = ethernet({}, inner)
  /** A tunnel over UDP: `header`, then what it carries. */
  const inUdp = (port: number, header: Uint8Array, carried: Uint8Array): Frame[] => {
    const ports = { sourcePort: port, destinationPort: port }
    return one(ethernet({}, ipv4(v4, udp(ports, traffic.concat(header, carried)))))
  }
  const hello = bytes(`
    1603010045 01000041 0303
    000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f  random
    00 0004 1301 00ff 01 00 0014
    0000 0010 000e 00 000b 6578616d706c652e6f7267  server_name example.org
  `)
  const dhcp = traffic.concat(
    bytes('01010600 3903f326 0000 0000'),
    traffic.filled(224),
    bytes('63825363 350101 0c04 686f7374 3c03 616263 37020103 ff'),
  )
  const fragment = (offset: number, more: boolean) =>
    ipv4(
      { ...v4, protocol: 17, identification: 7, moreFragments: more, fragmentOffset: offset },
      traffic.filled(16, 0x61),
    )
  return [
    traffic
      .tcpConversation({ ...ends, responderPort: 22 })
      .handshake()
      .reply(text('SSH-2.0-OpenSSH_9.6\r\n'))
      .send(text('SSH-2.0-x\r\n'))
      .close().frames,
    traffic.httpVisit({ ...ends }),
    traffic
      .tcpConversation({ ...six, responderPort: 443 })
      .handshake()
      .send(hello)
      .reset('responder').frames,
    traffic
      .tcpConversation({ ...ends, responderPort: 21 })
      .handshake()
      .reply(text('220 ftp\r\n'))
      .send(text('USER a\r\n'))
      .reply(text('331 pw\r\n'))
      .send(text('PASS b\r\n'))
      .reply(text('530 no\r\n'))
      .send(text('PASV\r\n'))
      .reply(text('227 Entering Passive Mode (10,0,0,2,200,10)\r\n')).frames,
    traffic.dnsLookup({ ...ends, name: 'www.example.org' }),
    traffic.ping({ ...ends }),
    traffic.arpExchange({ ...ends }),
    traffic.udpExchange({ ...ends, responderPort: 123 }),
    traffic.portScan({
      scanner: '10.0.0.9',
      target: '10.0.0.2',
      ports: traffic.range(20, 30),
      openPorts: [22],
    }),
    traffic.hostScan({ scanner: '10.0.0.9', firstTarget: '10.0.1.0', targetCount: 12, port: 445 }),
    traffic.hostSweep({ scanner: '10.0.0.9', firstTarget: '10.0.1.0', targetCount: 12, by: 'arp' }),
    [
      traffic.icmpError({ time: START, bytes: innerFrame }, 'port-unreachable', {
        source: '10.0.0.2',
        destination: '10.0.0.1',
      }),
    ],
    one(
      ethernet(
        {},
        vlan(
          { id: 7 },
          vlan({ id: 8 }, ipv6(v6, udp({ sourcePort: 5353, destinationPort: 5353 }, text('hi')))),
        ),
      ),
    ),
    one(
      ethernet(
        {},
        ipv4(
          { ...v4, options: bytes('01010704 00000000') },
          udp({ sourcePort: 68, destinationPort: 67 }, dhcp),
        ),
      ),
    ),
    inUdp(4_789, bytes('08000000 00000100'), innerFrame),
    inUdp(6_081, bytes('0000 6558 00000100'), innerFrame),
    inUdp(2_152, bytes('30ff 0028 00000001'), inner.bytes),
    one(
      ethernet({}, ipv4({ ...v4, protocol: 47 }, traffic.concat(bytes('2000 0800 00000001'), inner.bytes))),
    ),
    one(ethernet({}, ipv4({ ...v4, protocol: 4 }, inner.bytes))),
    one(
      ethernet(
        {},
        ipv4(
          { ...v4, protocol: 132 },
          bytes('9c40 0016 00000000 00000000 01000014 00000001 00010000 00010001 00000001'),
        ),
      ),
    ),
    one(
      ethernet(
        {},
        ipv6(
          v6,
          traffic.ipv6Extension(
            0,
            bytes('050200000100'),
            traffic.ipv6Fragment(
              { offset: 0, more: true, identification: 9 },
              udp({ sourcePort: 53, destinationPort: 53 }, traffic.filled(24)),
            ),
          ),
        ),
      ),
    ),
    [
      { time: at(0), bytes: ethernet({}, fragment(0, true)) },
      { time: at(1), bytes: ethernet({}, fragment(16, false)) },
    ],
    one(ethernet({}, arp({ senderAddress: '10.0.0.1', targetAddress: '10.0.0.1' }))),
  ]
}

function containersOf(frames: readonly Frame[]): Uint8Array[] {
  const few = frames.slice(0, 6)
  return [traffic.pcap(few), traffic.pcapng(few)]
}

/** Every byte order, resolution and block that a capture can have. */
function oddContainers(): Uint8Array[] {
  const frames = traffic.ping({ originator: '10.0.0.1', responder: '10.0.0.2' })
  const [first] = frames
  const { sectionHeader, interfaceDescription, enhancedPacket, block, bytes, concat, filled, text } = traffic
  const ng = (order: 'little' | 'big'): Uint8Array =>
    concat(
      sectionHeader({ hardware: 'h', operatingSystem: 'o', application: 'a' }, order),
      interfaceDescription({ name: 'eth0', resolution: 9, snaplen: 64 }, order),
      interfaceDescription({ resolution: 0x8a, offsetSeconds: -5 }, order),
      enhancedPacket({ ...first!, comment: 'see' }, { resolution: 9, snaplen: 64 }, order),
      enhancedPacket({ ...first!, interfaceId: 1 }, { resolution: 0x8a, offsetSeconds: -5 }, order),
      traffic.simplePacket(first!.bytes, 70, order),
      traffic.nameResolution(
        [
          { address: filled(4, 10), name: 'ten.example' },
          { address: filled(16, 1), name: 'six' },
        ],
        order,
      ),
      traffic.interfaceStatistics({ interfaceId: 0, received: 5, dropped: 1 }, order),
      block(0x0bad, filled(12, 1), order),
      block(10, filled(8, 1), order),
      block(2, concat(filled(20), text('old!')), order),
      block(0x77, filled(4), order),
      sectionHeader({}, order === 'big' ? 'little' : 'big'),
      interfaceDescription({}, order === 'big' ? 'little' : 'big'),
    )
  return [
    ng('little'),
    ng('big'),
    ...(['little', 'big'] as const).flatMap((byteOrder) =>
      (['us', 'ns'] as const).map((resolution) => traffic.pcap(frames, { byteOrder, resolution })),
    ),
    traffic.pcap(frames, { version: [2, 3] }),
    traffic.pcap(frames, { version: [2, 2] }),
    traffic.pcap(frames, { snaplen: 30 }),
    traffic.pcap([], { linkType: 249 }),
    traffic.concat(traffic.pcap(frames), filled(64)),
    traffic.patched(traffic.pcap(frames), 0, bytes('34cdb2a1')),
    new Uint8Array(0),
    text('<!doctype html>'),
  ]
}

function corpusFiles(): string[] {
  return ['files/self', 'hostile', 'files']
    .flatMap((folder) => filesUnder(join(SHARED, folder)))
    .filter(
      (path, i, all) =>
        all.indexOf(path) === i &&
        /\.(pcap|pcapng|cap|dmp)$/.test(path) &&
        statSync(path).size <= 4 * SEED_LENGTH_MAX,
    )
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(pcap|pcapng|cap|dmp)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Frames of a plain little-endian pcap, taken apart without our own readers, which are what is tested. */
function framesOf(file: Uint8Array): FrameSeed | null {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  if (file.length < 24 || ![0xa1b2c3d4, 0xa1b23c4d].includes(view.getUint32(0, true))) return null
  const frames: Uint8Array[] = []
  for (let at = 24; at + 16 <= file.length && frames.length < FRAMES_PER_SEED_MAX;) {
    const length = view.getUint32(at + 8, true)
    if (at + 16 + length > file.length) break
    if (length <= SEED_LENGTH_MAX) frames.push(file.slice(at + 16, at + 16 + length))
    at += 16 + length
  }
  return frames.length === 0 ? null : { linkType: view.getUint16(20, true), frames }
}

/** Decoding for tests: one decoder or a whole frame in, everything it left behind out, as plain values. */

import { expect, it } from 'vitest'
import { decodeFrame } from '../src/engine/decode/decode-frame.ts'
import { DECODE_ISSUE_NAMES, type DecodeIssueName } from '../src/engine/decode/decode-issue.ts'
import { decodeLayer } from '../src/engine/decode/decode-layer.ts'
import { FLOWS_PER_FRAME_MAX, FlowRole } from '../src/engine/decode/flow-batch.ts'
import { Packet } from '../src/engine/decode/packet.ts'
import { Protocol, PROTOCOL_NAMES, type ProtocolName } from '../src/engine/decode/protocol-table.ts'
import { AddressTable } from '../src/engine/net/address-table.ts'
import { ipv4Text, ipv6Text } from '../src/engine/net/address-text.ts'
import { KeyHash } from '../src/engine/net/key-hash.ts'
import { concat, filled, patched } from './traffic/index.ts'

const columns = [
  'role',
  'ipVersion',
  'ipProtocol',
  'srcPort',
  'dstPort',
  'timeToLive',
  'ipId',
  'fragment',
  'fragmentLength',
  'fragmentTotal',
  'tcpFlags',
  'sequence',
  'acknowledgment',
  'window',
  'tcpOptions',
  'icmpType',
  'icmpCode',
  'payloadOffset',
  'payloadLength',
  'payloadWireLength',
  'hardwareHigh',
  'hardwareLow',
] as const

/** A row of the flow batch, with names and addresses spelled out and `payloadOffset` counted from the given bytes. */
export type Row = Readonly<Record<(typeof columns)[number], number>> & {
  readonly src: string
  readonly dst: string
  readonly tunnel: ProtocolName
  readonly carried: ProtocolName
  readonly path: string
}

export interface Decoded {
  /** As `eth:ip:tcp`. */
  readonly path: string
  readonly rows: readonly Row[]
  /** Names in order of their numbers, each as often as it was counted. */
  readonly issues: readonly DecodeIssueName[]
  /** What the decoder said follows; of a whole frame `none`. */
  readonly next: ProtocolName
  /** Where it left the packet, counted from the given bytes. */
  readonly offset: number
  readonly end: number
  readonly missing: number
}

export interface Circumstances {
  /** Bytes that a snaplen cut off behind the given ones. */
  readonly missing?: number
  /** Of the frame, where one decoder reads several; 1 when absent. */
  readonly linkType?: number
  /** The row of the packet that carries the bytes, for decoders above IP. */
  readonly row?: { readonly [name in (typeof columns)[number]]?: number }
  /** The decoder needs more than its header to do its work: to guess what is in it, or to read a whole message. */
  readonly looksFurther?: boolean
  /** What lies in memory behind the given bytes, where no decoder may look. */
  readonly behind?: number
  /** Instead of the one that all tests of a file share. */
  readonly packet?: Packet
}

const BEFORE = 3
const BEHIND = 40

/** A packet with an address table of its own; `addressCountMax` makes that table full early. */
export function newPacket(addressCountMax?: number): Packet {
  return new Packet(new AddressTable(new KeyHash([1, 2, 3, 4]), addressCountMax))
}

/** Making one costs more than decoding with it; that nothing of the packet before remains is a test of its own. */
const sharedPacket = newPacket()

/** Decode a whole frame. */
export function decode(frame: Uint8Array, linkType = 1, circumstances: Circumstances = {}): Decoded {
  const packet = started(frame, circumstances)
  decodeFrame(packet, linkType)
  return outcome(packet, 0)
}

/** Let one decoder read one header, without what follows it. */
export function decodeOne(
  protocol: ProtocolName,
  bytes: Uint8Array,
  circumstances: Circumstances = {},
): Decoded {
  const packet = started(bytes, circumstances)
  packet.linkType = circumstances.linkType ?? 1
  if (circumstances.row !== undefined) beginCarrier(packet, circumstances.row)
  packet.path = packet.paths.child(packet.path, Protocol[protocol])
  return outcome(packet, decodeLayer(packet, Protocol[protocol]))
}

function started(
  bytes: Uint8Array,
  { missing = 0, behind = 0, packet = sharedPacket }: Circumstances,
): Packet {
  const memory = concat(filled(BEFORE, behind), bytes, filled(BEHIND, behind))
  packet.flows.count = 0
  packet.frameNumber = 1
  packet.issues.count.fill(0)
  packet.start(memory, BEFORE, bytes.length, missing, 0)
  return packet
}

function beginCarrier(packet: Packet, fields: NonNullable<Circumstances['row']>): void {
  const ipVersion = fields.ipVersion ?? 4
  const address = packet.addresses.internWords(0x20010db8, 0, 0, 1)
  packet.flow = packet.beginFlow(FlowRole.packet, ipVersion, address, address)
  for (const column of columns)
    packet.flows[column][packet.flow] = fields[column] ?? packet.flows[column][packet.flow]!
}

function outcome(packet: Packet, next: number): Decoded {
  const { flows, issues } = packet
  return {
    path: pathText(packet, packet.path),
    rows: Array.from({ length: flows.count }, (_, row) => rowOf(packet, row)),
    issues: DECODE_ISSUE_NAMES.flatMap((name, issue) =>
      Array.from({ length: issues.count[issue]! }, () => name),
    ),
    next: PROTOCOL_NAMES[next]!,
    offset: packet.offset - BEFORE,
    end: packet.end - BEFORE,
    missing: packet.missing,
  }
}

function rowOf(packet: Packet, row: number): Row {
  const { flows } = packet
  const numbers = Object.fromEntries(columns.map((column) => [column, flows[column][row]!])) as Record<
    (typeof columns)[number],
    number
  >
  return {
    ...numbers,
    payloadOffset: numbers.payloadOffset === 0 ? 0 : numbers.payloadOffset - BEFORE,
    src: addressText(packet, numbers.ipVersion, flows.src[row]!),
    dst: addressText(packet, numbers.ipVersion, flows.dst[row]!),
    tunnel: PROTOCOL_NAMES[flows.tunnel[row]!]!,
    carried: PROTOCOL_NAMES[flows.carried[row]!]!,
    path: pathText(packet, flows.path[row]!),
  }
}

function addressText(packet: Packet, ipVersion: number, address: number): string {
  if (ipVersion === 4) return ipv4Text(address)
  const words = packet.addresses.words.subarray(address * 4, address * 4 + 4)
  return ipv6Text(words[0]!, words[1]!, words[2]!, words[3]!)
}

function pathText({ paths }: Packet, path: number): string {
  const names: string[] = []
  for (let node = path; node !== 0; node = paths.parent[node]!)
    names.push(PROTOCOL_NAMES[paths.protocol[node]!]!)
  return names.reverse().join(':')
}

/** Each beginning of `bytes` that is shorter than it. */
export function cuts(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length))
}

/**
 * What every decoder promises, as tests of `bytes`, which `protocol` reads without an issue: it sees nothing beyond its
 * bytes, stays inside them whatever they say, and keeps nothing of the packet before.
 */
export function itKeepsItsPromises(
  protocol: ProtocolName,
  bytes: Uint8Array,
  circumstances: Circumstances = {},
): void {
  it('reads the example without an issue', () => {
    expect(decodeOne(protocol, bytes, circumstances).issues).toEqual([])
  })

  it('reads nothing beyond its bytes, cut at every length', () => {
    for (const cut of [...cuts(bytes), bytes]) {
      for (const missing of [0, bytes.length - cut.length]) {
        const seen = [0x00, 0xff, 0x45, 0x60].map((behind) =>
          decodeOne(protocol, cut, { ...circumstances, missing, behind }),
        )
        for (const one of seen) expect(one).toEqual(seen[0])
        expectInside(seen[0]!, cut.length)
      }
    }
  })

  it('counts a header that a snaplen cut, and nothing once the header is whole', () => {
    const { offset: headerLength, next: named } = decodeOne(protocol, bytes, circumstances)
    if (headerLength === 0 || circumstances.looksFurther === true) return
    for (const cut of cuts(bytes)) {
      const { issues, next } = decodeOne(protocol, cut, {
        ...circumstances,
        missing: bytes.length - cut.length,
      })
      expect(issues).toHaveLength(cut.length < headerLength ? 1 : 0)
      if (cut.length < headerLength) expect(next).toBe('none')
    }
    const { next } = decodeOne(protocol, bytes.subarray(0, headerLength), circumstances)
    expect(named === 'data' ? ['none'] : [named, 'none']).toContain(next)
  })

  it('stays inside its bytes, whatever one of them says', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0x00, 0x01, 0x0f, 0x7f, 0x80, 0xf0, 0xff]) {
        for (const missing of [0, 1000]) {
          const changed = patched(bytes, at, [value])
          expectInside(decodeOne(protocol, changed, { ...circumstances, missing }), bytes.length)
        }
      }
    }
  })

  it('keeps nothing of the packet before', () => {
    const packet = newPacket()
    const fresh = decodeOne(protocol, bytes, { ...circumstances, packet: newPacket() })
    const noise = Uint8Array.from(bytes, (byte, at) => (at < 2 ? byte : byte ^ 0xa5))
    for (const before of [bytes, noise, bytes.subarray(0, bytes.length >> 1)]) {
      decodeOne(protocol, before, { ...circumstances, packet })
      expect(decodeOne(protocol, bytes, { ...circumstances, packet })).toEqual(fresh)
    }
  })
}

/** The packet stands inside the `length` bytes it was given, and so does every payload. */
export function expectInside(decoded: Decoded, length: number): void {
  expect(decoded.offset).toBeGreaterThanOrEqual(0)
  expect(decoded.offset).toBeLessThanOrEqual(decoded.end)
  expect(decoded.end).toBeLessThanOrEqual(length)
  expect(decoded.missing).toBeGreaterThanOrEqual(0)
  expect(decoded.rows.length).toBeLessThanOrEqual(FLOWS_PER_FRAME_MAX)
  for (const row of decoded.rows) {
    expect(row.payloadLength).toBeGreaterThanOrEqual(0)
    expect(row.payloadLength).toBeLessThanOrEqual(row.payloadWireLength)
    expect(row.payloadOffset + row.payloadLength).toBeLessThanOrEqual(length)
  }
}

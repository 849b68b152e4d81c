/** Conversation records for tests of the rules, written one by one as the tracker would have written them. */

import { ApplicationActivity } from '../../src/engine/aggregate/application/application-activity.ts'
import {
  ErrorSeen,
  IcmpSeen,
  KeyBits,
  LinkSeen,
  Row,
  SctpSeen,
  StateBits,
  TcpSeen,
  UdpSeen,
} from '../../src/engine/aggregate/conversation-row.ts'
import { ConversationHosts } from '../../src/engine/aggregate/conversation-hosts.ts'
import { ConversationTable } from '../../src/engine/aggregate/conversation-table.ts'
import { HardwareClaims } from '../../src/engine/aggregate/hardware-claims.ts'
import { tcpDirections } from '../../src/engine/aggregate/tcp-directions.ts'
import { UnlistedTraffic } from '../../src/engine/aggregate/unlisted-traffic.ts'
import { DecodeIssueCounts } from '../../src/engine/decode/decode-issue.ts'
import { FlowRole } from '../../src/engine/decode/flow-batch.ts'
import { ProtocolPaths } from '../../src/engine/decode/protocol-path.ts'
import type { Evidence } from '../../src/engine/detect/evidence.ts'
import { AddressTable } from '../../src/engine/net/address-table.ts'
import { KeyHash, type HashSecret } from '../../src/engine/net/key-hash.ts'
import { packedHigh, packedLow } from '../../src/engine/net/packed-time.ts'

/**
 * How a TCP attempt goes. `used` carries data, `greeted` the service's alone, `held` completes the handshake and no more, `half`
 * is reset by its sender; `sampled` is a used one whose SYN+ACK is not in the capture; `answer-only` and `reset-answer` are SYN+ACKs whose SYN is not in the capture, left or reset.
 */
export type TcpFate =
  | 'used'
  | 'sampled'
  | 'greeted'
  | 'held'
  | 'half'
  | 'refused'
  | 'filtered'
  | 'silent'
  | 'answer-only'
  | 'reset-answer'
  | 'reset-only'
  | 'one-way-used'

export type TcpProbe = 'syn' | 'fin' | 'null' | 'xmas' | 'ack' | 'maimon'

export interface RecordFields {
  /** IPv4 addresses as numbers, unless `isIpv6`: then numbers of the address table. */
  readonly source: number
  readonly target: number
  readonly sourcePort?: number
  readonly port?: number
  /** Seconds since the capture's first time. */
  readonly at: number
  readonly lasts?: number
  readonly isIpv6?: boolean
  readonly bytes?: number
  readonly replyBytes?: number
  readonly packets?: number
  readonly application?: number
  readonly timeToLive?: number
  readonly window?: number
  readonly ipId?: number
  readonly options?: number
}

/** Options of a SYN as systems send it: segment size, SACK, timestamps, no-operation, window scale. */
export const SYSTEM_OPTIONS = 0x31842
export const MSS_ONLY = 2

const PROBE_FLAGS: Readonly<Record<TcpProbe, number>> = {
  syn: 2,
  fin: 1,
  null: 0,
  xmas: 0x29,
  ack: 0x10,
  maimon: 0x11,
}
const PROBE_SEEN: Readonly<Record<TcpProbe, number>> = {
  syn: TcpSeen.syn,
  fin: TcpSeen.fin | TcpSeen.finProbe,
  null: TcpSeen.nullProbe,
  xmas: TcpSeen.fin | TcpSeen.xmasProbe,
  ack: TcpSeen.ack,
  maimon: TcpSeen.fin | TcpSeen.ack | TcpSeen.maimonProbe,
}

/** Fills a conversation table. Records must be added in the order of their first frames, as the tracker does. */
export class RecordBuilder {
  readonly hash: KeyHash
  readonly table: ConversationTable
  readonly addresses: AddressTable
  readonly claims: HardwareClaims
  readonly applications: ApplicationActivity
  #latest = 0
  #frame = 0
  readonly #start: number

  /** `start` is the capture's first time, in seconds. */
  constructor(secret: HashSecret = [1, 2, 3, 4], start = 1_700_000_000) {
    this.hash = new KeyHash(secret)
    this.table = new ConversationTable(this.hash)
    this.addresses = new AddressTable(this.hash)
    this.claims = new HardwareClaims(this.hash)
    this.applications = new ApplicationActivity(this.hash, new DecodeIssueCounts())
    this.#start = start
  }

  ipv6(text: readonly [number, number, number, number]): number {
    return this.addresses.internWords(...text)
  }

  tcp(fields: RecordFields, fate: TcpFate, probe: TcpProbe = 'syn'): void {
    const o = PROBE_SEEN[probe]
    const answered = TcpSeen.synAck
    const [mine, theirs, error, packets, replies] = ((): [number, number, number, number, number] => {
      switch (fate) {
        case 'used':
          return [
            o | TcpSeen.ack | TcpSeen.data | TcpSeen.fin,
            answered | TcpSeen.ack | TcpSeen.data | TcpSeen.fin,
            0,
            6,
            5,
          ]
        case 'sampled':
          return [o | TcpSeen.data, TcpSeen.ack | TcpSeen.data, 0, 2, 1]
        case 'greeted':
          return [o | TcpSeen.ack | TcpSeen.fin, answered | TcpSeen.data | TcpSeen.fin, 0, 4, 3]
        case 'held':
          return [o | TcpSeen.ack | TcpSeen.rst, answered, 0, 3, 1]
        case 'half':
          return [o | TcpSeen.rst, answered, 0, 2, 1]
        case 'refused':
          return [o, TcpSeen.rst | (probe === 'syn' ? TcpSeen.ack : 0), 0, 1, 1]
        case 'filtered':
          return [o, 0, ErrorSeen.adminProhibited, 1, 0]
        case 'silent':
          return [o, 0, 0, 1, 0]
        case 'one-way-used':
          return [o | TcpSeen.ack | TcpSeen.data | TcpSeen.fin, 0, 0, 5, 0]
        case 'answer-only':
          return [0, answered, 0, 0, fields.packets ?? 1]
        case 'reset-answer':
          return [TcpSeen.rst, answered, 0, 1, 1]
        case 'reset-only':
          return [0, TcpSeen.rst | TcpSeen.ack, 0, 0, 1]
      }
    })()
    const isSynAck = fate === 'answer-only' || fate === 'reset-answer'
    const isAnswer = isSynAck || fate === 'reset-only'
    let state = 0
    if (probe === 'syn' && !isAnswer) state |= StateBits.startsWithSyn
    if (isSynAck) state |= StateBits.startsWithSynAck
    // A lone reset is its sender's conversation, as far as the tracker can tell.
    this.#add(fields, 6, mine, theirs, error, packets, replies, {
      state,
      flags: isSynAck ? 0x12 : fate === 'reset-only' ? 0x14 : PROBE_FLAGS[probe],
      isSwapped: fate === 'reset-only',
    })
  }

  /** A connection that began before the capture; `lone`: segments of one side that are not taken up. */
  session(fields: RecordFields, talk: 'under-way' | 'lone'): void {
    const mine = TcpSeen.ack | TcpSeen.data
    const [theirs, replies] = talk === 'lone' ? [0, 0] : [TcpSeen.ack | TcpSeen.data, 4]
    this.#add(fields, 6, mine, theirs, 0, 4, replies, { flags: 0x18 })
  }

  /** `unwanted`: the source refuses the one answer. */
  udp(
    fields: RecordFields,
    fate: 'answered' | 'unwanted' | 'refused' | 'silent' | 'expired',
    isEmpty = false,
  ): void {
    const seen = isEmpty ? UdpSeen.empty : UdpSeen.data
    const error =
      fate === 'refused' ? ErrorSeen.portUnreachable : fate === 'expired' ? ErrorSeen.timeExceeded : 0
    const packets = fields.packets ?? 1
    const replies = fate === 'answered' ? packets : fate === 'unwanted' ? 1 : 0
    const replyError = fate === 'unwanted' ? ErrorSeen.portUnreachable : 0
    this.#add(fields, 17, seen, replies === 0 ? 0 : UdpSeen.data, error, packets, replies, { replyError })
  }

  ping(fields: RecordFields, isAnswered: boolean, request: number = IcmpSeen.echoRequest): void {
    const reply = request === IcmpSeen.echoRequest ? IcmpSeen.echoReply : IcmpSeen.otherReply
    const packets = fields.packets ?? 1
    this.#add(fields, 1, request, isAnswered ? reply : 0, 0, packets, isAnswered ? packets : 0, {
      hasPorts: false,
    })
  }

  arp(fields: RecordFields, isAnswered: boolean): void {
    const packets = fields.packets ?? 1
    this.#add(fields, 0, LinkSeen.request, isAnswered ? LinkSeen.reply : 0, 0, packets, isAnswered ? 1 : 0, {
      hasPorts: false,
      role: FlowRole.arp,
    })
  }

  sctp(fields: RecordFields, fate: 'open' | 'refused' | 'silent'): void {
    const theirs = fate === 'open' ? SctpSeen.initAck : fate === 'refused' ? SctpSeen.abort : 0
    this.#add(fields, 132, SctpSeen.init, theirs, 0, 1, theirs === 0 ? 0 : 1, { flags: 1 })
  }

  ipProtocol(fields: RecordFields, protocol: number, fate: 'answered' | 'refused' | 'silent'): void {
    const error = fate === 'refused' ? ErrorSeen.protocolUnreachable : 0
    this.#add(fields, protocol, UdpSeen.empty, 0, error, 1, fate === 'answered' ? 1 : 0, { hasPorts: false })
  }

  /** A later time at which the capture still runs. */
  until(seconds: number): this {
    this.#latest = Math.max(this.#latest, seconds)
    return this
  }

  evidence(): Evidence {
    const latest = this.#latest + this.#start
    return {
      conversations: this.table,
      hosts: new ConversationHosts(this.table, this.addresses.count),
      addresses: this.addresses,
      paths: new ProtocolPaths(),
      hardwareClaims: this.claims,
      applications: this.applications,
      unlisted: new UnlistedTraffic(this.hash),
      tcpDirections: tcpDirections(this.table, this.addresses),
      hash: this.hash,
      firstTime: { seconds: this.#start, nanoseconds: 0 },
      lastTime: { seconds: Math.floor(latest), nanoseconds: Math.round((latest % 1) * 1e9) },
      packetCount: this.#frame,
      truncatedPacketCount: 0,
      disorderedPacketCount: 0,
      droppedPacketCount: null,
    }
  }

  #add(
    fields: RecordFields,
    ipProtocol: number,
    mine: number,
    theirs: number,
    error: number,
    packets: number,
    replies: number,
    more: {
      state?: number
      flags?: number
      hasPorts?: boolean
      role?: number
      isSwapped?: boolean
      replyError?: number
    },
  ): void {
    const { source, target, sourcePort = 40_000, port = 0, at, lasts = 0.05 } = fields
    const hasPorts = more.hasPorts ?? true
    const sourceIsA = source >>> 0 < target >>> 0 || (source === target && sourcePort <= port)
    const ports = !hasPorts ? 0 : sourceIsA ? (sourcePort << 16) | port : (port << 16) | sourcePort
    let key = ipProtocol
    if (hasPorts) key |= KeyBits.hasPorts
    if (fields.isIpv6 === true) key |= KeyBits.ipv6
    key |= (more.role ?? FlowRole.packet) << KeyBits.roleShift
    const [a, b] = sourceIsA ? [source, target] : [target, source]
    const hash = this.table.hash(a | 0, b | 0, ports | 0, key)
    const previous = this.table.find(hash, a | 0, b | 0, ports | 0, key)
    const row =
      previous === -1
        ? this.table.add(hash, a | 0, b | 0, ports | 0, key)
        : this.table.addAfter(hash, previous)
    if (row === -1) throw new Error('the conversation table is full')
    const words = this.table.slab(row)
    const doubles = this.table.doublesOf(row)
    const place = this.table.at(row)
    const mineAtA = sourceIsA
    words[place + Row.packetsFromA] = mineAtA ? packets : replies
    words[place + Row.packetsFromB] = mineAtA ? replies : packets
    const bytes = [fields.bytes ?? 60 * packets, fields.replyBytes ?? 60 * replies]
    doubles[(place + Row.bytesFromA) >> 1] = bytes[mineAtA ? 0 : 1]!
    doubles[(place + Row.bytesFromB) >> 1] = bytes[mineAtA ? 1 : 0]!
    words[place + Row.evidence] = mineAtA ? mine | (theirs << 16) : theirs | (mine << 16)
    this.#time(words, place + Row.firstTimeHigh, at)
    this.#time(words, place + Row.lastTimeHigh, at + lasts)
    const frame = this.#frame
    this.#frame += Math.max(1, packets + replies)
    words[place + Row.firstFrame] = frame
    words[place + Row.lastFrame] = this.#frame - 1
    const originatorIsA = more.isSwapped === true ? !sourceIsA : sourceIsA
    words[place + Row.state] = (more.state ?? 0) | (originatorIsA ? 0 : StateBits.originatorIsB)
    const errors = (error << (mineAtA ? 16 : 24)) | ((more.replyError ?? 0) << (mineAtA ? 24 : 16))
    words[place + Row.firstPacketAndErrors] = (fields.timeToLive ?? 64) | ((more.flags ?? 0) << 8) | errors
    words[place + Row.firstWindowAndIpId] = ((fields.window ?? 64_240) << 16) | (fields.ipId ?? 0)
    words[place + Row.firstTcpOptions] = fields.options ?? SYSTEM_OPTIONS
    words[place + Row.applicationAndPath] =
      fields.application === undefined ? 0 : fields.application | (2 << 8)
    this.#latest = Math.max(this.#latest, at + lasts)
  }

  #time(words: Int32Array, at: number, seconds: number): void {
    const whole = Math.floor(this.#start + seconds)
    const nanoseconds = Math.min(999_999_999, Math.max(0, Math.round((this.#start + seconds - whole) * 1e9)))
    words[at] = packedHigh(whole, nanoseconds)
    words[at + 1] = packedLow(whole)
  }
}

/** 10.0.0.0 + n, and other networks, as numbers. */
export const inside = (n: number): number => 0x0a00_0000 + n
export const outside = (n: number): number => 0x5000_0000 + n * 65_537

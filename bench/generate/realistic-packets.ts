/** Writes the next packet of a conversation of the realistic capture, whatever it is and however far it has come. */

import type { Random } from '../../test/traffic/index.ts'
import type { CaptureSink } from './capture-sink.ts'
import {
  emptyEnds,
  finishChecksum,
  finishPlainChecksum,
  headLength,
  put16,
  put32,
  TCP_HEADER_LENGTH,
  writeHead,
  writeMac,
  writeTcp,
  writeUdp,
  type Ends,
} from './frame-headers.ts'
import { CLIENT_COUNT, KIND, type Conversations } from './realistic-conversations.ts'
import { PacketScript } from './realistic-script.ts'

const SYN_OR_FIN = 0x03
const ACK = 0x10
const ICMP_LENGTH = 64

export class PacketWriter {
  readonly #sink: CaptureSink
  readonly #all: Conversations
  readonly #script: PacketScript
  readonly #step: Int32Array
  readonly #clientSequence: Uint32Array
  readonly #serverSequence: Uint32Array
  readonly #ends = emptyEnds()

  constructor(sink: CaptureSink, all: Conversations, random: Random) {
    this.#sink = sink
    this.#all = all
    this.#script = new PacketScript(all, random)
    this.#step = new Int32Array(all.count)
    this.#clientSequence = Uint32Array.from({ length: all.count }, random.uint32)
    this.#serverSequence = Uint32Array.from({ length: all.count }, random.uint32)
  }

  isOver(i: number): boolean {
    return (this.#step[i] as number) >= (this.#all.packetCount[i] as number)
  }

  /** `time` in microseconds since 1970. */
  writeNext(i: number, time: number): void {
    const step = this.#step[i] as number
    this.#step[i] = step + 1
    this.#script.plan(i, step)
    const kind = this.#all.kind[i]
    if (kind === KIND.ping) this.#ping(i, step, time)
    else if (kind === KIND.arp) this.#arp(i, step, time)
    else if (kind === KIND.dns || kind === KIND.ntp || kind === KIND.quic) this.#udp(i, time)
    else this.#tcp(i, time, kind === KIND.unanswered)
  }

  #tcp(i: number, time: number, repeatsSyn: boolean): void {
    const { fromClient, flags, length, isTlsRecord } = this.#script
    const ends = this.#face(i, fromClient)
    const { bytes } = this.#sink
    const own = fromClient ? this.#clientSequence : this.#serverSequence
    const other = fromClient ? this.#serverSequence : this.#clientSequence
    const upperLength = TCP_HEADER_LENGTH + length
    const at = this.#sink.begin(headLength(ends) + upperLength, time)
    const sequence = own[i] as number
    const tcpAt = writeHead(bytes, at, ends, 6, upperLength, sequence & 0xffff)
    const acknowledgment = flags & ACK ? (other[i] as number) : 0
    const dataAt = writeTcp(bytes, tcpAt, ends, sequence, acknowledgment, flags, time / 1000)
    this.#copyData(dataAt)
    if (isTlsRecord) {
      put32(bytes, dataAt, 0x17030300 + ((length - 5) >>> 8))
      bytes[dataAt + 4] = length - 5
    }
    finishChecksum(bytes, tcpAt, upperLength, tcpAt + 16, ends, 6)
    if (!repeatsSyn) own[i] = sequence + length + (flags & SYN_OR_FIN ? 1 : 0)
  }

  #udp(i: number, time: number): void {
    const { fromClient, length, firstTwoBytes } = this.#script
    const ends = this.#face(i, fromClient)
    const { bytes } = this.#sink
    const at = this.#sink.begin(headLength(ends) + 8 + length, time)
    const udpAt = writeHead(bytes, at, ends, 17, 8 + length, time & 0xffff)
    const dataAt = writeUdp(bytes, udpAt, ends, length)
    this.#copyData(dataAt)
    if (firstTwoBytes >= 0) put16(bytes, dataAt, firstTwoBytes)
    finishChecksum(bytes, udpAt, 8 + length, udpAt + 6, ends, 17)
  }

  #copyData(at: number): void {
    const { data, offset, length } = this.#script
    if (length > 0) this.#sink.bytes.set(data.subarray(offset, offset + length), at)
  }

  #ping(i: number, step: number, time: number): void {
    const isRequest = step % 2 === 0
    const ends = this.#face(i, isRequest)
    const { bytes } = this.#sink
    const protocol = ends.isIpv6 ? 58 : 1
    const at = this.#sink.begin(headLength(ends) + ICMP_LENGTH, time)
    const icmpAt = writeHead(bytes, at, ends, protocol, ICMP_LENGTH, step)
    const request = ends.isIpv6 ? 128 : 8
    const reply = ends.isIpv6 ? 129 : 0
    put32(bytes, icmpAt, (isRequest ? request : reply) << 24)
    put16(bytes, icmpAt + 4, i & 0xffff)
    put16(bytes, icmpAt + 6, 1 + (step >> 1))
    bytes.fill(0x2a, icmpAt + 8, icmpAt + ICMP_LENGTH)
    if (ends.isIpv6) finishChecksum(bytes, icmpAt, ICMP_LENGTH, icmpAt + 2, ends, protocol)
    else finishPlainChecksum(bytes, icmpAt, ICMP_LENGTH, icmpAt + 2)
  }

  /** A client asks its network for another client's MAC: 60 bytes with padding. */
  #arp(i: number, step: number, time: number): void {
    const all = this.#all
    const { bytes } = this.#sink
    const isRequest = step === 0
    const asker = all.client[i] as number
    const asked = (asker + 1) % CLIENT_COUNT
    const sender = isRequest ? asker : asked
    const target = isRequest ? asked : asker
    const at = this.#sink.begin(60, time)
    bytes.fill(0, at, at + 60)
    if (isRequest) bytes.fill(0xff, at, at + 6)
    else writeMac(bytes, at, macTail(target))
    writeMac(bytes, at + 6, macTail(sender))
    put32(bytes, at + 12, 0x08060001)
    put32(bytes, at + 16, 0x08000604)
    put16(bytes, at + 20, isRequest ? 1 : 2)
    writeMac(bytes, at + 22, macTail(sender))
    bytes.set(all.addresses4.subarray(sender * 16, sender * 16 + 4), at + 28)
    if (!isRequest) writeMac(bytes, at + 32, macTail(target))
    bytes.set(all.addresses4.subarray(target * 16, target * 16 + 4), at + 38)
  }

  /** The conversation's ends as the sender sees them. */
  #face(i: number, fromClient: boolean): Ends {
    const all = this.#all
    const ends = this.#ends
    const client = all.client[i] as number
    const server = all.server[i] as number
    const clientPort = all.clientPort[i] as number
    const serverPort = all.serverPort[i] as number
    ends.isIpv6 = all.isIpv6[i] === 1
    ends.addresses = ends.isIpv6 ? all.addresses6 : all.addresses4
    ends.vlanId = all.vlanId[i] as number
    ends.source = fromClient ? client : server
    ends.destination = fromClient ? server : client
    ends.sourceMac = macTail(ends.source)
    ends.destinationMac = macTail(ends.destination)
    ends.sourcePort = fromClient ? clientPort : serverPort
    ends.destinationPort = fromClient ? serverPort : clientPort
    return ends
  }
}

/** Clients have a MAC each; everything beyond the uplink comes from the router's. */
function macTail(host: number): number {
  return host < CLIENT_COUNT ? 0x0a140000 + host : 0x0a14ffff
}

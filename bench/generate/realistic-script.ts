/** What the next packet of a conversation of the realistic capture says: who sends it, its TCP flags, its data. */

import type { Random } from '../../test/traffic/index.ts'
import { KIND, type Conversations } from './realistic-conversations.ts'
import { BULK_START_MAX, makePayloads, type Payloads } from './realistic-payloads.ts'

const FIN = 0x01
const SYN = 0x02
const RST = 0x04
const PSH = 0x08
const ACK = 0x10

const NO_DATA = new Uint8Array(0)
/** A full segment behind 32 bytes of TCP header and 40 of IPv6. */
const SEGMENT_LENGTH_MAX = 1428
const QUIC_INITIAL_LENGTH = 1200
const QUIC_LENGTH_MAX = 1252

/** One reused answer: `plan` fills the fields, and the data is `data[offset .. offset + length)`. */
export class PacketScript {
  fromClient = true
  /** Of TCP. */
  flags = 0
  data: Uint8Array = NO_DATA
  offset = 0
  length = 0
  /** Replaces the first two bytes of the data, such as a DNS id; -1 when it does not. */
  firstTwoBytes = -1
  /** The data is one TLS record and needs its header. */
  isTlsRecord = false
  readonly #all: Conversations
  readonly #random: Random
  readonly #payloads: Payloads

  constructor(all: Conversations, random: Random) {
    this.#all = all
    this.#random = random
    this.#payloads = makePayloads(random)
  }

  plan(i: number, step: number): void {
    this.firstTwoBytes = -1
    this.isTlsRecord = false
    const kind = this.#all.kind[i]
    if (kind === KIND.tls || kind === KIND.http || kind === KIND.otherTcp) this.#connection(i, step)
    else if (kind === KIND.unanswered) this.#segment(true, SYN)
    else if (kind === KIND.probe) this.#segment(step === 0, step === 0 ? SYN : RST | ACK)
    else if (kind === KIND.dns) this.#dns(i, step)
    else if (kind === KIND.ntp) this.#ntp(step)
    else if (kind === KIND.quic) this.#quic(step)
    else this.#say(step % 2 === 0, NO_DATA, 0, 0)
  }

  /** Handshake, opening messages, bulk with an acknowledgment for every second segment, close. */
  #connection(i: number, step: number): void {
    const left = (this.#all.packetCount[i] as number) - 1 - step
    const byReset = this.#all.endsByReset[i] === 1
    if (step === 0) this.#segment(true, SYN)
    else if (step === 1) this.#segment(false, SYN | ACK)
    else if (step === 2) this.#segment(true, ACK)
    else if (left === 0) this.#segment(true, byReset ? RST | ACK : ACK)
    else if (left <= 2 && !byReset) this.#segment(left === 2, FIN | ACK)
    else if (step <= 4 && this.#opening(i, step).length > 0) {
      const data = this.#opening(i, step)
      this.#segment(step === 3, PSH | ACK, data, 0, data.length)
    } else this.#transfer(i, step)
  }

  #transfer(i: number, step: number): void {
    const fromClient = this.#all.isUpload[i] === 1
    if (step % 3 === 0) {
      this.#segment(!fromClient, ACK)
      return
    }
    const kind = this.#all.kind[i]
    const data = kind === KIND.http ? this.#payloads.words : this.#payloads.noise
    this.#segment(fromClient, ACK, data, this.#random.between(0, BULK_START_MAX), this.#bulkLength())
    this.isTlsRecord = kind === KIND.tls
  }

  #opening(i: number, step: number): Uint8Array {
    const payloads = this.#payloads
    const kind = this.#all.kind[i]
    const name = i % payloads.clientHello.length
    const fromClient = step === 3
    if (kind === KIND.tls)
      return fromClient ? (payloads.clientHello[name] as Uint8Array) : payloads.serverHello
    if (kind === KIND.http)
      return fromClient ? (payloads.httpRequest[name] as Uint8Array) : payloads.httpResponse
    return this.#all.serverPort[i] === 22 ? payloads.sshBanner : NO_DATA
  }

  #dns(i: number, step: number): void {
    const fromClient = step === 0
    const messages = fromClient ? this.#payloads.dnsQuery : this.#payloads.dnsAnswer
    const data = messages[i % messages.length] as Uint8Array
    this.#say(fromClient, data, 0, data.length)
    this.firstTwoBytes = i & 0xffff
  }

  #ntp(step: number): void {
    const data = step === 0 ? this.#payloads.ntpRequest : this.#payloads.ntpResponse
    this.#say(step === 0, data, 0, data.length)
  }

  /** An initial packet each way, then short headers: first bit 0, second bit 1 (RFC 9000 section 17.3). */
  #quic(step: number): void {
    if (step < 2) {
      this.#say(step === 0, this.#payloads.quicInitial, 0, QUIC_INITIAL_LENGTH)
      return
    }
    const isAcknowledgment = step % 3 === 0
    const length = isAcknowledgment
      ? this.#random.between(30, 60)
      : Math.min(QUIC_LENGTH_MAX, this.#bulkLength())
    this.#say(isAcknowledgment, this.#payloads.noise, this.#random.between(0, BULK_START_MAX), length)
    this.firstTwoBytes = 0x4000 | (step & 0xff)
  }

  /** The sizes of the Internet mix, 7 small to 4 middling to 1 full, tilted to full ones as in captures of downloads. */
  #bulkLength(): number {
    const share = this.#random.fraction()
    if (share < 0.23) return this.#random.between(20, 200)
    if (share < 0.43) return this.#random.between(400, 620)
    return SEGMENT_LENGTH_MAX
  }

  #segment(fromClient: boolean, flags: number, data: Uint8Array = NO_DATA, offset = 0, length = 0): void {
    this.flags = flags
    this.#say(fromClient, data, offset, length)
  }

  #say(fromClient: boolean, data: Uint8Array, offset: number, length: number): void {
    this.fromClient = fromClient
    this.data = data
    this.offset = offset
    this.length = length
  }
}

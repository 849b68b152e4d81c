/** Reading a conversation's record by name: for the summary, the rules and the rows of the window. */

import { applicationOfPort } from '../decode/application/identify.ts'
import { PROTOCOL_NAMES } from '../decode/protocol-table.ts'
import { ipv4Text, ipv6Text } from '../net/address-text.ts'
import type { AddressTable } from '../net/address-table.ts'
import { unpackNanoseconds, unpackSeconds } from '../net/packed-time.ts'
import { ApplicationBasis } from './application-basis.ts'
import { countAt } from './conversation-counts.ts'
import { KeyBits, Row, StateBits } from './conversation-row.ts'
import { firstFrameOf, lastFrameOf } from './conversation-span.ts'
import type { ConversationTable } from './conversation-table.ts'
import { tcpState, udpState } from './tcp-state.ts'

const TCP = 6
const UDP = 17
const UDPLITE = 136

/** Moves from record to record with `go`; every getter is of the record it stands on. Not for the hot loop. */
export class ConversationView {
  readonly table: ConversationTable
  readonly addresses: AddressTable
  row = -1
  #words: Int32Array = new Int32Array(0)
  #doubles: Float64Array = new Float64Array(0)
  #at = 0

  constructor(table: ConversationTable, addresses: AddressTable) {
    this.table = table
    this.addresses = addresses
  }

  go(row: number): this {
    this.row = row
    this.#words = this.table.slab(row)
    this.#doubles = this.table.doublesOf(row)
    this.#at = this.table.at(row)
    return this
  }

  word(offset: number): number {
    return this.#words[this.#at + offset]!
  }

  count(offset: number): number {
    return countAt(this.#words, this.#at + offset)
  }

  double(offset: number): number {
    return this.#doubles[(this.#at + offset) >> 1]!
  }

  get key(): number {
    return this.word(Row.key)
  }
  get ipProtocol(): number {
    return this.key & KeyBits.ipProtocolMask
  }
  get role(): number {
    return (this.key >>> KeyBits.roleShift) & KeyBits.roleMask
  }
  get tunnel(): number {
    return (this.key >>> KeyBits.tunnelShift) & KeyBits.tunnelMask
  }
  get version(): 4 | 6 {
    return (this.key & KeyBits.ipv6) === 0 ? 4 : 6
  }
  get hasPorts(): boolean {
    return (this.key & KeyBits.hasPorts) !== 0
  }

  /** 1 when B originated, else 0: add it to a …FromA offset to get the originator's. */
  get originator(): 0 | 1 {
    return (this.word(Row.state) & StateBits.originatorIsB) === 0 ? 0 : 1
  }
  get packetCount(): number {
    return this.count(Row.packetsFromA) + this.count(Row.packetsFromB)
  }
  get byteCount(): number {
    return this.double(Row.bytesFromA) + this.double(Row.bytesFromB)
  }
  get originatorPacketCount(): number {
    return this.count(Row.packetsFromA + this.originator)
  }
  get responderPacketCount(): number {
    return this.count(Row.packetsFromB - this.originator)
  }
  get originatorByteCount(): number {
    return this.double(Row.bytesFromA + 2 * this.originator)
  }
  get responderByteCount(): number {
    return this.double(Row.bytesFromB - 2 * this.originator)
  }
  /** IPv4 word or IPv6 number. */
  get originatorAddress(): number {
    return this.word(Row.addressA + this.originator)
  }
  get responderAddress(): number {
    return this.word(Row.addressB - this.originator)
  }
  get originatorPort(): number {
    return this.originator === 0 ? this.word(Row.ports) >>> 16 : this.word(Row.ports) & 0xffff
  }
  get responderPort(): number {
    return this.originator === 0 ? this.word(Row.ports) & 0xffff : this.word(Row.ports) >>> 16
  }
  get originatorSeen(): number {
    return (this.word(Row.evidence) >>> (16 * this.originator)) & 0xffff
  }
  get responderSeen(): number {
    return (this.word(Row.evidence) >>> (16 - 16 * this.originator)) & 0xffff
  }
  /** ErrorSeen bits of ICMP errors about the originator's packets. */
  get errors(): number {
    return (this.word(Row.firstPacketAndErrors) >>> (16 + 8 * this.originator)) & 0xff
  }
  get firstTimeToLive(): number {
    return this.word(Row.firstPacketAndErrors) & 0xff
  }
  get firstFlags(): number {
    return (this.word(Row.firstPacketAndErrors) >>> 8) & 0xff
  }
  get firstSeconds(): number {
    return unpackSeconds(this.word(Row.firstTimeHigh), this.word(Row.firstTimeLow))
  }
  get firstNanoseconds(): number {
    return unpackNanoseconds(this.word(Row.firstTimeHigh))
  }
  get lastSeconds(): number {
    return unpackSeconds(this.word(Row.lastTimeHigh), this.word(Row.lastTimeLow))
  }
  get lastNanoseconds(): number {
    return unpackNanoseconds(this.word(Row.lastTimeHigh))
  }
  get firstFrame(): number {
    return firstFrameOf(this.#words, this.#at)
  }
  get lastFrame(): number {
    return lastFrameOf(this.#words, this.#at)
  }
  get path(): number {
    return this.word(Row.applicationAndPath) >>> 16
  }
  /** Protocol number of the application: named by header or payload, else by port; 0 when nothing names it. */
  get application(): number {
    const named = this.word(Row.applicationAndPath) & 0xff
    if (named !== 0 || !this.hasPorts || this.word(Row.payloadPackets) === 0) return named
    return applicationOfPort(this.ipProtocol, this.originatorPort, this.responderPort)
  }
  get applicationBasis(): number {
    if ((this.word(Row.applicationAndPath) & 0xff) !== 0) return (this.word(Row.applicationAndPath) >>> 8) & 3
    return this.application === 0 ? ApplicationBasis.none : ApplicationBasis.port
  }
  /** Zeek's conn_state; null where Zeek's names do not apply. */
  get state(): string | null {
    if (!this.hasPorts) return null
    if (this.ipProtocol === TCP) {
      const { originatorSeen, responderSeen } = this
      return tcpState(originatorSeen, responderSeen, this.originatorPacketCount, this.responderPacketCount)
    }
    if (this.ipProtocol === UDP || this.ipProtocol === UDPLITE) {
      return udpState(this.originatorPacketCount, this.responderPacketCount)
    }
    return null
  }
  get tunnelName(): string | null {
    return this.tunnel === 0 ? null : PROTOCOL_NAMES[this.tunnel]!
  }

  addressText(address: number): string {
    return addressText(this.version, address, this.addresses)
  }
}

/** Text of an IPv4 word or an IPv6 number. */
export function addressText(version: number, address: number, addresses: AddressTable): string {
  if (version === 4) return ipv4Text(address)
  const at = address * 4
  const words = addresses.words
  return ipv6Text(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)
}

/** Everything that is counted about a capture, in one place, with the one way to add a batch and to add a part. */

import type { FrameBatch } from '../capture/frame-batch.ts'
import { FRAME_BATCH_MAX } from '../capture/frame-batch.ts'
import { decodeFrame } from '../decode/decode-frame.ts'
import { identifyByPayload } from '../decode/application/identify.ts'
import {
  FLOW_BATCH_MAX,
  FLOWS_PER_FRAME_MAX,
  FlowRole,
  FragmentPart,
  type FlowBatch,
} from '../decode/flow-batch.ts'
import { Packet } from '../decode/packet.ts'
import { Protocol } from '../decode/protocol-table.ts'
import { AddressTable } from '../net/address-table.ts'
import { KeyHash, type HashSecret } from '../net/key-hash.ts'
import { ApplicationActivity } from './application/application-activity.ts'
import { HelloAssembly } from './application/hello-assembly.ts'
import { mergeHellos } from './application/hello-merge.ts'
import { BandwidthSeries } from './bandwidth-series.ts'
import { ConversationHosts } from './conversation-hosts.ts'
import { mergeConversations } from './conversation-merge.ts'
import { HelloLink, Row } from './conversation-row.ts'
import { ConversationTracker, NOT_IDENTIFIED } from './conversation-tracker.ts'
import { settleFragments } from './fragment-settlement.ts'
import { HardwareClaims } from './hardware-claims.ts'
import { mayStartMessage } from './message-start.ts'
import { PacketLengths } from './packet-lengths.ts'
import { tcpDirections, type TcpDirections } from './tcp-directions.ts'
import { TrafficClasses } from './traffic-class.ts'
import { TrafficTotals } from './traffic-totals.ts'

const TCP = 6
const SYN = 2

/** Ceilings that tests lower, so that a small capture reaches them. */
export interface AggregateLimits {
  readonly conversationCountMax?: number
}

export class Aggregates {
  readonly hash: KeyHash
  readonly addresses: AddressTable
  readonly packet: Packet
  readonly totals = new TrafficTotals()
  readonly lengths = new PacketLengths()
  readonly bandwidth: BandwidthSeries
  readonly conversations: ConversationTracker
  readonly hardwareClaims: HardwareClaims
  readonly applications: ApplicationActivity
  readonly hellos: HelloAssembly
  readonly #classes: TrafficClasses
  readonly #classOf = new Uint8Array(FRAME_BATCH_MAX)
  /** Where each frame of the batch is counted in the hierarchy. */
  readonly #pathOf = new Uint16Array(FRAME_BATCH_MAX)
  #hosts: ConversationHosts | null = null
  #directions: TcpDirections | null = null
  /** Packets that had been counted when `#directions` was made. */
  #directionsAt = 0

  constructor(secret: HashSecret, limits: AggregateLimits = {}) {
    this.hash = new KeyHash(secret)
    this.addresses = new AddressTable(this.hash)
    this.packet = new Packet(this.addresses)
    this.bandwidth = new BandwidthSeries(this.hash)
    this.conversations = new ConversationTracker(this.hash, limits.conversationCountMax)
    this.hardwareClaims = new HardwareClaims(this.hash)
    this.applications = new ApplicationActivity(this.hash, this.packet.issues)
    this.hellos = new HelloAssembly(this.conversations.table, this.applications.tally, this.packet.issues)
    this.#classes = new TrafficClasses(this.packet.paths)
  }

  /** Decode and count a batch of frames. Nothing of `frames` is kept. */
  observe(frames: FrameBatch): void {
    const frameBase = this.totals.packetCount
    const { packet } = this
    const { flows, paths } = packet
    flows.count = 0
    for (let i = 0; i < frames.count; i++) {
      if (flows.count > FLOW_BATCH_MAX - FLOWS_PER_FRAME_MAX) this.#observeFlows(frames, frameBase)
      const captured = frames.capturedLength[i]!
      const original = frames.originalLength[i]!
      packet.frameNumber = frameBase + i + 1
      packet.start(
        frames.bytes,
        frames.offset[i]!,
        captured,
        original > captured ? original - captured : 0,
        i,
      )
      decodeFrame(packet, frames.linkType[i]!)
      paths.count(packet.path, original)
      this.#pathOf[i] = packet.path
      this.#classOf[i] = this.#classes.of(packet.path)
    }
    this.#observeFlows(frames, frameBase)
    this.bandwidth.observe(frames, this.#classOf)
    this.lengths.observe(frames)
    this.totals.observe(frames)
  }

  /** The addresses of the conversations so far as dense numbers. Kept until there are more conversations. */
  get hosts(): ConversationHosts {
    const { table } = this.conversations
    if (this.#hosts?.a.length !== table.count)
      this.#hosts = new ConversationHosts(table, this.addresses.count)
    return this.#hosts
  }

  /** What the TCP conversations so far show of their two sides. Kept until there are more packets. */
  get tcpDirections(): TcpDirections {
    if (this.#directions === null || this.#directionsAt !== this.totals.packetCount) {
      this.#directions = tcpDirections(this.conversations.table, this.addresses)
      this.#directionsAt = this.totals.packetCount
    }
    return this.#directions
  }

  /**
   * Add a later part of the same capture: afterwards this is what one pass over both would have counted. `isAfter` is
   * false for a capture taken beside ours in time: what depends on order is then that of one after the other.
   */
  merge(later: Aggregates, isAfter = true): void {
    const frameOffset = this.totals.packetCount
    const addressOf = this.#addressMap(later.addresses)
    const pathOf = this.packet.paths.merge(later.packet.paths)
    const records = mergeConversations(this.conversations, later.conversations, {
      frameOffset,
      addressOf,
      paths: this.packet.paths,
      pathOf,
    })
    settleFragments(this.conversations)
    this.packet.issues.merge(later.packet.issues, frameOffset)
    this.hardwareClaims.merge(later.hardwareClaims, frameOffset, addressOf)
    this.applications.merge(later.applications, frameOffset, addressOf)
    mergeHellos(this.hellos, later.hellos, records)
    this.bandwidth.merge(later.bandwidth)
    this.lengths.merge(later.lengths)
    this.totals.merge(later.totals, isAfter)
  }

  /** From the later part's IPv6 numbers to ours; IPv4 words are what they are. */
  #addressMap(later: AddressTable): (version: number, address: number) => number {
    const numbers = new Int32Array(later.count)
    for (let id = 0; id < later.count; id++) {
      const [a, b, c, d] = later.words.subarray(id * 4, id * 4 + 4) as unknown as [
        number,
        number,
        number,
        number,
      ]
      numbers[id] = this.addresses.internWords(a, b, c, d)
    }
    this.addresses.refusedCount += later.refusedCount
    // -1 is an address that the later part's ceiling refused.
    return (version, address) => (version === 4 || address < 0 ? address : numbers[address]!)
  }

  #observeFlows(frames: FrameBatch, frameBase: number): void {
    const { flows, paths } = this.packet
    this.conversations.observe(flows, frames, frameBase, paths, this.#pathOf)
    for (let row = 0; row < flows.count; row++) {
      const role = flows.role[row]!
      if (role >= FlowRole.arp) this.#observeClaim(row, frameBase)
      else if (role === FlowRole.packet && flows.payloadLength[row]! > 0 && flows.carried[row] === 0) {
        if (flows.ipProtocol[row] === TCP) this.#observeSegment(row, frames.bytes)
        this.#observeMessage(row, frames, frameBase)
      }
    }
    flows.count = 0
  }

  /** Payload of TCP: it may go on with a hello that earlier segments left unfinished. */
  #observeSegment(row: number, bytes: Uint8Array): void {
    const { table, rowOf, directionOf } = this.conversations
    const record = rowOf[row]!
    if (record === -1) return
    if ((table.slab(record)[table.at(record) + Row.hello]! & HelloLink.isSettled) !== 0) return
    const { flows } = this.packet
    if (flows.fragment[row] !== FragmentPart.whole) return
    const length = flows.payloadLength[row]!
    this.hellos.observe(
      record,
      directionOf[row]!,
      payloadSequence(flows, row),
      bytes,
      flows.payloadOffset[row]!,
      length,
    )
  }

  #observeMessage(row: number, frames: FrameBatch, frameBase: number): void {
    const { flows } = this.packet
    const srcPort = flows.srcPort[row]!
    const dstPort = flows.dstPort[row]!
    if (srcPort < 0 || flows.fragment[row] === FragmentPart.later) return
    const offset = flows.payloadOffset[row]!
    const length = flows.payloadLength[row]!
    if (!mayStartMessage(frames.bytes, offset, length, srcPort, dstPort)) return
    // What the tracker found for the same bytes is what would be found again.
    const found = this.conversations.identified[row]!
    const application =
      found === NOT_IDENTIFIED
        ? identifyByPayload(frames.bytes, offset, length, flows.ipProtocol[row]!, srcPort, dstPort)
        : found
    if (application === 0) return
    const frame = flows.frame[row]!
    if (application === Protocol.tls && this.#takesHello(row, frames.bytes, frameBase + frame + 1)) return
    this.applications.observe(
      flows,
      row,
      application,
      frames.bytes,
      frames.seconds[frame]!,
      frames.nanoseconds[frame]!,
      frameBase + frame + 1,
    )
  }

  /** Whether the segment begins a client hello that is counted with its rest. */
  #takesHello(row: number, bytes: Uint8Array, frameNumber: number): boolean {
    const { flows } = this.packet
    const record = this.conversations.rowOf[row]!
    const length = flows.payloadLength[row]!
    if (record === -1 || flows.ipProtocol[row] !== TCP || flows.fragment[row] !== FragmentPart.whole)
      return false
    if (flows.payloadWireLength[row]! > length) return false
    return this.hellos.takeHello(
      record,
      this.conversations.directionOf[row]!,
      payloadSequence(flows, row),
      bytes,
      flows.payloadOffset[row]!,
      length,
      frameNumber,
    )
  }

  #observeClaim(row: number, frameBase: number): void {
    const { flows } = this.packet
    const high = flows.hardwareHigh[row]!
    const low = flows.hardwareLow[row]!
    if ((high | low) === 0) return
    const isNeighbor = flows.role[row] === FlowRole.neighbor
    const isReply = flows.icmpType[row] === (isNeighbor ? 136 : 2) || flows.src[row] === flows.dst[row]
    // An advertisement speaks of its target; a solicitation and ARP of their sender.
    const address = isNeighbor && isReply ? flows.dst[row]! : flows.src[row]!
    // 0.0.0.0 is an ARP probe (RFC 5227): it asks and claims nothing.
    if (!isNeighbor && address === 0) return
    const frameNumber = frameBase + flows.frame[row]! + 1
    this.hardwareClaims.observe(isNeighbor ? 6 : 4, address, high, low, isReply, frameNumber)
  }
}

/** Sequence number of the payload's first byte: a SYN comes before the data that it may carry (RFC 7413). */
function payloadSequence(flows: FlowBatch, row: number): number {
  const isSyn = (flows.tcpFlags[row]! & SYN) !== 0
  return (flows.sequence[row]! + (isSyn ? 1 : 0)) | 0
}

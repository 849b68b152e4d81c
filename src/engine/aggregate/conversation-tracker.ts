/** Packets to conversations: the hot loop. Keys of a batch first, then all look-ups, then the updates. */

import { identifyByPayload } from '../decode/application/identify.ts'
import type { FrameBatch } from '../capture/frame-batch.ts'
import { FLOW_BATCH_MAX, FlowRole, FragmentPart, NO_PORT, type FlowBatch } from '../decode/flow-batch.ts'
import type { ProtocolPaths } from '../decode/protocol-path.ts'
import { Protocol } from '../decode/protocol-table.ts'
import type { KeyHash } from '../net/key-hash.ts'
import { comparePacked, packedHigh, packedLow } from '../net/packed-time.ts'
import { ApplicationBasis } from './application-basis.ts'
import { KeyBits, Row, StateBits, TcpSeen } from './conversation-row.ts'
import { CONVERSATION_COUNT_MAX, ConversationTable } from './conversation-table.ts'
import { FragmentTable, PORTS_PENDING } from './fragment-table.ts'
import { errorOf, evidenceOf } from './packet-evidence.ts'
import { PathSplits } from './path-splits.ts'
import { UnlistedTraffic } from './unlisted-traffic.ts'

const TCP = 6

/** Payloads from each side that are looked at to name the application; the first that is known decides. */
export const IDENTIFICATION_TRIES = 3

/** Of a payload that was not looked at: its conversation had its name, or its tries. */
export const NOT_IDENTIFIED = -1

/** Row role of fragments whose first part has not been seen: kept a record a datagram until it is. */
export const ORPHAN_FRAGMENT_ROLE = FlowRole.quoted

export class ConversationTracker {
  readonly table: ConversationTable
  readonly fragments: FragmentTable
  readonly unlisted: UnlistedTraffic
  readonly pathSplits: PathSplits
  /** Merged records whose application one pass might have named by a payload that the later part did not look at. */
  undecidedNameCount = 0
  /** Record of each row of the last batch, -1 where it has none. */
  readonly rowOf = new Int32Array(FLOW_BATCH_MAX)
  /** What the payload of each row of the last batch was found to be: a Protocol number, 0 for none, NOT_IDENTIFIED. */
  readonly identified = new Int16Array(FLOW_BATCH_MAX)

  readonly #a = new Int32Array(FLOW_BATCH_MAX)
  readonly #b = new Int32Array(FLOW_BATCH_MAX)
  readonly #ports = new Int32Array(FLOW_BATCH_MAX)
  readonly #key = new Int32Array(FLOW_BATCH_MAX)
  readonly #hash = new Int32Array(FLOW_BATCH_MAX)
  /** 0 when the packet goes from A to B, 1 when from B to A. */
  readonly #direction = new Uint8Array(FLOW_BATCH_MAX)
  /** Words touched ahead of use; kept so that the loads are not optimised away. */
  readonly #touched = new Int32Array(FLOW_BATCH_MAX)

  constructor(hash: KeyHash, conversationCountMax: number = CONVERSATION_COUNT_MAX) {
    this.table = new ConversationTable(hash, conversationCountMax)
    this.fragments = new FragmentTable(hash)
    this.unlisted = new UnlistedTraffic(hash)
    this.pathSplits = new PathSplits(hash)
  }

  /**
   * Count a batch of rows. `frameBase` is the 0-based number of the batch's first frame in the capture; `pathOf` is where each
   * frame is counted in the hierarchy `paths`, which fragments change.
   */
  observe(
    flows: FlowBatch,
    frames: FrameBatch,
    frameBase: number,
    paths: ProtocolPaths,
    pathOf: Uint16Array,
  ): void {
    const count = flows.count
    for (let row = 0; row < count; row++) {
      this.#makeKey(flows, row)
      // Before the next key is made, for a datagram that is whole now gives its ports to no later fragment.
      if (flows.fragmentLength[row]! > 0) this.#assembleFragment(flows, row, frames, paths, pathOf)
    }
    for (let row = 0; row < count; row++) this.#touched[row] = this.table.touch(this.#hash[row]!)
    this.identified.fill(NOT_IDENTIFIED, 0, count)
    for (let row = 0; row < count; row++) {
      if (flows.role[row] === FlowRole.quoted) this.#observeError(flows, row, frames, frameBase)
      else this.#observePacket(flows, row, frames, frameBase)
    }
  }

  #makeKey(flows: FlowBatch, row: number): void {
    const src = flows.src[row]!
    const dst = flows.dst[row]!
    const role = flows.role[row]!
    let key = fragmentKey(flows, row)
    if (role > FlowRole.quoted) key |= role << KeyBits.roleShift

    let srcPort = flows.srcPort[row]!
    let dstPort = flows.dstPort[row]!
    if (flows.fragment[row] !== FragmentPart.whole && role === FlowRole.packet) {
      if (flows.fragment[row] === FragmentPart.first) {
        this.#rememberFragment(flows, row, key)
      } else {
        const datagram = this.fragments.find(src, dst, key, flows.ipId[row]!)
        if (datagram === -1 || this.fragments.srcPort(datagram) === PORTS_PENDING) {
          this.#setKey(row, src, dst, flows.ipId[row]!, key | (ORPHAN_FRAGMENT_ROLE << KeyBits.roleShift))
          return
        }
        srcPort = this.fragments.srcPort(datagram)
        dstPort = this.fragments.dstPort(datagram)
      }
    }
    if (srcPort === NO_PORT) {
      this.#setKey(row, src, dst, 0, key)
      return
    }
    key |= KeyBits.hasPorts
    const a = src >>> 0
    const b = dst >>> 0
    const fromA = a < b || (a === b && srcPort <= dstPort)
    this.#direction[row] = fromA ? 0 : 1
    this.#a[row] = fromA ? src : dst
    this.#b[row] = fromA ? dst : src
    const ports = fromA ? (srcPort << 16) | dstPort : (dstPort << 16) | srcPort
    this.#ports[row] = ports
    this.#key[row] = key
    this.#hash[row] = this.table.hash(this.#a[row], this.#b[row], ports, key)
  }

  #setKey(row: number, src: number, dst: number, ports: number, key: number): void {
    const fromA = src >>> 0 <= dst >>> 0
    this.#direction[row] = fromA ? 0 : 1
    this.#a[row] = fromA ? src : dst
    this.#b[row] = fromA ? dst : src
    this.#ports[row] = ports
    this.#key[row] = key
    this.#hash[row] = this.table.hash(this.#a[row], this.#b[row], ports, key)
  }

  #rememberFragment(flows: FlowBatch, row: number, key: number): void {
    if (flows.srcPort[row] === NO_PORT) return
    this.fragments.remember(
      flows.src[row]!,
      flows.dst[row]!,
      key,
      flows.ipId[row]!,
      flows.srcPort[row]!,
      flows.dstPort[row]!,
    )
  }

  /** Tshark's counting of fragments: see FragmentTable.assemble. */
  #assembleFragment(
    flows: FlowBatch,
    row: number,
    frames: FrameBatch,
    paths: ProtocolPaths,
    pathOf: Uint16Array,
  ): void {
    const frame = flows.frame[row]!
    this.fragments.assemble(
      paths,
      flows,
      row,
      fragmentKey(flows, row),
      pathOf[frame]!,
      paths.child(flows.fragmentPath[row]!, Protocol.data),
      frames.originalLength[frame]!,
    )
  }

  #observePacket(flows: FlowBatch, flow: number, frames: FrameBatch, frameBase: number): void {
    const table = this.table
    const hash = this.#hash[flow]!
    const frame = flows.frame[flow]!
    const direction = this.#direction[flow]!
    const originalLength = frames.originalLength[frame]!
    const isTcp = flows.ipProtocol[flow] === TCP && flows.fragment[flow] !== FragmentPart.later
    const seen = evidenceOf(flows, flow)

    let row = table.find(hash, this.#a[flow]!, this.#b[flow]!, this.#ports[flow]!, this.#key[flow]!)
    let isNew = false
    if (row === -1) {
      row = table.add(hash, this.#a[flow]!, this.#b[flow]!, this.#ports[flow]!, this.#key[flow]!)
      isNew = true
    } else if (isTcp && isBareSyn(seen) && this.#startsAnew(row, direction, flows.sequence[flow]!)) {
      row = table.addAfter(hash, row)
      isNew = true
    }
    this.rowOf[flow] = row
    if (row === -1) {
      this.#countUnlisted(flows, flow, seen, originalLength)
      return
    }

    const words = table.slab(row)
    const doubles = table.doublesOf(row)
    const at = table.at(row)
    const high = packedHigh(frames.seconds[frame]!, frames.nanoseconds[frame]!)
    const low = packedLow(frames.seconds[frame]!)
    if (isNew || words[at + Row.packetsFromA]! + words[at + Row.packetsFromB]! === 0) {
      this.#begin(words, at, flows, flow, seen, direction, high, low, frameBase + frame)
    } else if (comparePacked(high, low, words[at + Row.lastTimeHigh]!, words[at + Row.lastTimeLow]!) > 0) {
      words[at + Row.lastTimeHigh] = high
      words[at + Row.lastTimeLow] = low
    } else if (comparePacked(high, low, words[at + Row.firstTimeHigh]!, words[at + Row.firstTimeLow]!) < 0) {
      words[at + Row.firstTimeHigh] = high
      words[at + Row.firstTimeLow] = low
    }
    if (!isNew && seen !== 0 && flows.fragment[flow] === FragmentPart.later)
      this.#revealFlags(words, at, flows, flow, seen, direction)
    setLastFrame(words, at, frameBase + frame)

    const bytesAt = (at + Row.bytesFromA + direction * 2) >> 1
    doubles[bytesAt] = doubles[bytesAt]! + originalLength
    const packetsAt = at + Row.packetsFromA + direction
    words[packetsAt] = words[packetsAt]! + 1
    let evidence = direction === 0 ? seen : seen << 16
    if (isTcp) {
      if (
        (seen & TcpSeen.syn) !== 0 &&
        !isNew &&
        (words[at + Row.evidence]! & evidence & (TcpSeen.syn * 0x10001)) !== 0
      ) {
        evidence |= direction === 0 ? TcpSeen.synAgain : TcpSeen.synAgain << 16
      }
      setBaseSequence(words, at, direction, seen, flows.sequence[flow]!, flows.acknowledgment[flow]!)
    }
    words[at + Row.evidence] = words[at + Row.evidence]! | evidence

    if (flows.payloadWireLength[flow]! > 0 || flows.carried[flow] !== 0) {
      this.#countPayload(words, doubles, at, row, flows, flow, direction, originalLength, frames.bytes)
    }
  }

  /** Wireshark's rule: a SYN whose sequence number is not the base of its direction begins a new conversation. */
  #startsAnew(row: number, direction: number, sequence: number): boolean {
    const words = this.table.slab(row)
    const at = this.table.at(row)
    if (words[at + Row.packetsFromA]! + words[at + Row.packetsFromB]! === 0)
      return words[at + Row.firstPacketAndErrors] !== 0
    const isSet = words[at + Row.state]! & (direction === 0 ? StateBits.baseSetA : StateBits.baseSetB)
    return isSet !== 0 && words[at + Row.baseSequenceA + direction] !== sequence
  }

  #begin(
    words: Int32Array,
    at: number,
    flows: FlowBatch,
    flow: number,
    seen: number,
    direction: number,
    high: number,
    low: number,
    frameNumber: number,
  ): void {
    words[at + Row.firstTimeHigh] = high
    words[at + Row.firstTimeLow] = low
    words[at + Row.lastTimeHigh] = high
    words[at + Row.lastTimeLow] = low
    words[at + Row.firstFrame] = frameNumber | 0
    let state = Math.floor(frameNumber / 4_294_967_296) << StateBits.firstFrameHighShift
    let firstFlags = flows.icmpType[flow]!
    if (flows.ipProtocol[flow] === TCP) {
      firstFlags = flows.tcpFlags[flow]! & 0xff
      state |= beginningOf(seen, direction)
      if (firstFlags === 0x11) {
        words[at + Row.evidence] = words[at + Row.evidence]! | (TcpSeen.maimonProbe << (direction * 16))
      }
    } else state |= direction
    words[at + Row.state] = (words[at + Row.state]! & (0xff00_0000 | StateBits.continuesPair)) | state
    words[at + Row.firstPacketAndErrors] =
      (words[at + Row.firstPacketAndErrors]! & 0xffff_0000) | (flows.timeToLive[flow]! | (firstFlags << 8))
    words[at + Row.firstWindowAndIpId] = (flows.window[flow]! << 16) | (flows.ipId[flow]! & 0xffff)
    words[at + Row.firstTcpOptions] = flows.tcpOptions[flow]!
    words[at + Row.applicationAndPath] =
      (words[at + Row.applicationAndPath]! & 0xffff) | (flows.path[flow]! << 16)
  }

  /** The conversation's first packet was a fragment that hid its flags from filters: they have come with the next. */
  #revealFlags(
    words: Int32Array,
    at: number,
    flows: FlowBatch,
    flow: number,
    seen: number,
    direction: number,
  ): void {
    if (words[at + Row.evidence] !== 0) return
    const flags = flows.tcpFlags[flow]!
    words[at + Row.state] = (words[at + Row.state]! & ~StateBits.originatorIsB) | beginningOf(seen, direction)
    words[at + Row.firstPacketAndErrors] = (words[at + Row.firstPacketAndErrors]! & ~0xff00) | (flags << 8)
    words[at + Row.firstWindowAndIpId] =
      (words[at + Row.firstWindowAndIpId]! & 0xffff) | (flows.window[flow]! << 16)
    if (flags === 0x11) words[at + Row.evidence] = TcpSeen.maimonProbe << (direction * 16)
  }

  #countPayload(
    words: Int32Array,
    doubles: Float64Array,
    at: number,
    row: number,
    flows: FlowBatch,
    flow: number,
    direction: number,
    originalLength: number,
    bytes: Uint8Array,
  ): void {
    // A later fragment's path ends below its IP header, where it is counted as data.
    if (flows.fragment[flow] === FragmentPart.later) return
    if (flows.path[flow] === words[at + Row.applicationAndPath]! >>> 16) {
      const payloadAt = (at + Row.payloadFrameBytes) >> 1
      doubles[payloadAt] = doubles[payloadAt]! + originalLength
      words[at + Row.payloadPackets] = words[at + Row.payloadPackets]! + 1
    } else {
      this.pathSplits.add(row, flows.path[flow]!, originalLength)
    }
    const known = words[at + Row.applicationAndPath]! & 0xff
    if (known !== 0) return
    if (flows.carried[flow] !== 0) {
      words[at + Row.applicationAndPath] =
        words[at + Row.applicationAndPath]! | flows.carried[flow]! | (ApplicationBasis.header << 8)
      return
    }
    if (flows.payloadLength[flow] === 0) return
    this.#identify(words, at, flows, flow, direction, bytes)
  }

  #identify(
    words: Int32Array,
    at: number,
    flows: FlowBatch,
    flow: number,
    direction: number,
    bytes: Uint8Array,
  ): void {
    const shift = direction === 0 ? StateBits.triesAShift : StateBits.triesBShift
    const tries = (words[at + Row.state]! >>> shift) & StateBits.triesMask
    if (tries >= IDENTIFICATION_TRIES) return
    words[at + Row.state] = words[at + Row.state]! + (1 << shift)
    const application = identifyByPayload(
      bytes,
      flows.payloadOffset[flow]!,
      flows.payloadLength[flow]!,
      flows.ipProtocol[flow]!,
      flows.srcPort[flow]!,
      flows.dstPort[flow]!,
    )
    this.identified[flow] = application
    if (application === 0) return
    words[at + Row.applicationAndPath] =
      words[at + Row.applicationAndPath]! | application | (ApplicationBasis.payload << 8)
    words[at + Row.state] =
      words[at + Row.state]! | (tries << StateBits.namedTryShift) | (direction === 1 ? StateBits.namedByB : 0)
  }

  /** An ICMP error tells of an earlier packet from `src`: evidence for its conversation, never traffic of it. */
  #observeError(flows: FlowBatch, flow: number, frames: FrameBatch, frameBase: number): void {
    const table = this.table
    const hash = this.#hash[flow]!
    this.rowOf[flow] = -1
    let row = table.find(hash, this.#a[flow]!, this.#b[flow]!, this.#ports[flow]!, this.#key[flow]!)
    if (row === -1) {
      row = table.add(hash, this.#a[flow]!, this.#b[flow]!, this.#ports[flow]!, this.#key[flow]!)
      if (row === -1) return
      // Evidence without traffic: listed nowhere, but a part before or after may hold the packet it speaks of.
      const words = table.slab(row)
      const at = table.at(row)
      const frame = flows.frame[flow]!
      words[at + Row.firstTimeHigh] = packedHigh(frames.seconds[frame]!, frames.nanoseconds[frame]!)
      words[at + Row.firstTimeLow] = packedLow(frames.seconds[frame]!)
      words[at + Row.lastTimeHigh] = words[at + Row.firstTimeHigh]!
      words[at + Row.lastTimeLow] = words[at + Row.firstTimeLow]!
      words[at + Row.firstFrame] = (frameBase + frame) | 0
      words[at + Row.state] = this.#direction[flow]!
    }
    const error = errorOf(flows.ipVersion[flow]!, flows.icmpType[flow]!, flows.icmpCode[flow]!)
    const words = table.slab(row)
    const at = table.at(row) + Row.firstPacketAndErrors
    words[at] = words[at]! | (error << (16 + this.#direction[flow]! * 8))
  }

  #countUnlisted(flows: FlowBatch, flow: number, seen: number, originalLength: number): void {
    if (flows.role[flow] !== FlowRole.packet) return
    this.unlisted.observe(
      flows.ipVersion[flow]!,
      flows.tunnel[flow] !== 0,
      flows.src[flow]!,
      flows.dst[flow]!,
      flows.ipProtocol[flow]!,
      flows.dstPort[flow]!,
      flows.ipProtocol[flow] === TCP && isBareSyn(seen),
      originalLength,
    )
  }
}

/** What tells datagrams of the same addresses and identification apart: the key without ports and role. */
export function fragmentKey(flows: FlowBatch, row: number): number {
  const key = flows.ipProtocol[row]! | (flows.tunnel[row]! << KeyBits.tunnelShift)
  return flows.ipVersion[row] === 6 ? key | KeyBits.ipv6 : key
}

function isBareSyn(seen: number): boolean {
  return (seen & (TcpSeen.syn | TcpSeen.oddFlags)) === TcpSeen.syn
}

/** State bits of a conversation whose first packet shows this: a SYN+ACK answers the other side. */
function beginningOf(seen: number, direction: number): number {
  if ((seen & TcpSeen.synAck) !== 0) return StateBits.startsWithSynAck | (1 - direction)
  return (seen & TcpSeen.syn) !== 0 ? StateBits.startsWithSyn | direction : direction
}

/** Wireshark's rule (packet-tcp.c): the first packet each way sets that way's base, an ACK the other way's too. */
function setBaseSequence(
  words: Int32Array,
  at: number,
  direction: number,
  seen: number,
  sequence: number,
  acknowledgment: number,
): void {
  const forward = direction === 0 ? StateBits.baseSetA : StateBits.baseSetB
  const reverse = direction === 0 ? StateBits.baseSetB : StateBits.baseSetA
  const state = words[at + Row.state]!
  if ((state & (forward | reverse)) === (forward | reverse)) return
  let set = state
  if ((set & forward) === 0) {
    const isSyn = (seen & (TcpSeen.syn | TcpSeen.synAck)) !== 0
    words[at + Row.baseSequenceA + direction] = isSyn ? sequence : sequence - 1
    set |= forward
  }
  if ((set & reverse) === 0 && (seen & (TcpSeen.ack | TcpSeen.synAck)) !== 0) {
    words[at + Row.baseSequenceB - direction] = acknowledgment - 1
    set |= reverse
  }
  words[at + Row.state] = set
}

function setLastFrame(words: Int32Array, at: number, frameNumber: number): void {
  words[at + Row.lastFrame] = frameNumber | 0
  if (frameNumber >= 4_294_967_296) {
    const high = Math.floor(frameNumber / 4_294_967_296) << StateBits.lastFrameHighShift
    words[at + Row.state] = (words[at + Row.state]! & 0x00ff_ffff) | high
  }
}

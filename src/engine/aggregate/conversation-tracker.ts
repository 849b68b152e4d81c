/** Packets to conversations: the hot loop. Keys of a batch first, then all look-ups, then the updates. */

import { identifyByPayload } from '../decode/application/identify.ts'
import type { FrameBatch } from '../capture/frame-batch.ts'
import { FLOW_BATCH_MAX, FlowRole, FragmentPart, type FlowBatch } from '../decode/flow-batch.ts'
import type { ProtocolPaths } from '../decode/protocol-path.ts'
import type { KeyHash } from '../net/key-hash.ts'
import { comparePacked, packedHigh, packedLow } from '../net/packed-time.ts'
import { ApplicationBasis } from './application-basis.ts'
import {
  ackEvidence,
  begin,
  isBareSyn,
  revealFlags,
  setBaseSequence,
  startsAnew,
} from './conversation-beginning.ts'
import { addOne, hasPackets } from './conversation-counts.ts'
import { ConversationKeys } from './conversation-keys.ts'
import { Row, StateBits, TcpSeen } from './conversation-row.ts'
import { setFirstFrame, setLastFrame } from './conversation-span.ts'
import { CONVERSATION_COUNT_MAX, ConversationTable } from './conversation-table.ts'
import { FragmentTable } from './fragment-table.ts'
import { errorOf, evidenceOf } from './packet-evidence.ts'
import { PathSplits } from './path-splits.ts'
import { UnlistedTraffic } from './unlisted-traffic.ts'

const TCP = 6

/** Payloads from each side that are looked at to name the application; the first that is known decides. */
export const IDENTIFICATION_TRIES = 3

/** Of a payload that was not looked at: its conversation had its name, or its tries. */
export const NOT_IDENTIFIED = -1

export class ConversationTracker {
  readonly table: ConversationTable
  readonly fragments: FragmentTable
  readonly unlisted: UnlistedTraffic
  readonly pathSplits: PathSplits
  /**
   * Merged records of which one pass might say otherwise: it might have named the application by a payload that the later part
   * did not look at, or taken an ACK for a probe whose number the later part did not keep.
   */
  undecidedCount = 0
  /** Record of each row of the last batch, -1 where it has none. */
  readonly rowOf = new Int32Array(FLOW_BATCH_MAX)
  /** What the payload of each row of the last batch was found to be: a Protocol number, 0 for none, NOT_IDENTIFIED. */
  readonly identified = new Int16Array(FLOW_BATCH_MAX)

  readonly #keys: ConversationKeys
  /** Words touched ahead of use; kept so that the loads are not optimised away. */
  readonly #touched = new Int32Array(FLOW_BATCH_MAX)

  constructor(hash: KeyHash, conversationCountMax: number = CONVERSATION_COUNT_MAX) {
    this.table = new ConversationTable(hash, conversationCountMax)
    this.fragments = new FragmentTable(hash)
    this.unlisted = new UnlistedTraffic(hash)
    this.pathSplits = new PathSplits(hash)
    this.#keys = new ConversationKeys(this.table, this.fragments)
  }

  /** Of each row of the last batch: 0 when its packet went from A to B, 1 when from B to A. */
  get directionOf(): Uint8Array {
    return this.#keys.direction
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
    this.#keys.make(flows, frames, paths, pathOf)
    const { hash } = this.#keys
    for (let row = 0; row < count; row++) this.#touched[row] = this.table.touch(hash[row]!)
    this.identified.fill(NOT_IDENTIFIED, 0, count)
    for (let row = 0; row < count; row++) {
      if (flows.role[row] === FlowRole.quoted) this.#observeError(flows, row, frames, frameBase)
      else this.#observePacket(flows, row, frames, frameBase)
    }
  }

  #observePacket(flows: FlowBatch, flow: number, frames: FrameBatch, frameBase: number): void {
    const { table } = this
    const { a, b, ports, key } = this.#keys
    const hash = this.#keys.hash[flow]!
    const direction = this.#keys.direction[flow]!
    const frame = flows.frame[flow]!
    const originalLength = frames.originalLength[frame]!
    const isTcp = flows.ipProtocol[flow] === TCP && flows.fragment[flow] !== FragmentPart.later
    const seen = evidenceOf(flows, flow)

    let row = table.find(hash, a[flow]!, b[flow]!, ports[flow]!, key[flow]!)
    let isNew = false
    if (row === -1) {
      row = table.add(hash, a[flow]!, b[flow]!, ports[flow]!, key[flow]!)
      isNew = true
    } else if (
      isTcp &&
      isBareSyn(seen) &&
      startsAnew(table.slab(row), table.at(row), direction, flows.sequence[flow]!)
    ) {
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
    if (isNew || !hasPackets(words, at)) {
      begin(words, at, flows, flow, seen, direction, high, low, frameBase + frame + 1)
    } else if (comparePacked(high, low, words[at + Row.lastTimeHigh]!, words[at + Row.lastTimeLow]!) > 0) {
      words[at + Row.lastTimeHigh] = high
      words[at + Row.lastTimeLow] = low
    } else if (comparePacked(high, low, words[at + Row.firstTimeHigh]!, words[at + Row.firstTimeLow]!) < 0) {
      words[at + Row.firstTimeHigh] = high
      words[at + Row.firstTimeLow] = low
    }
    if (!isNew && seen !== 0 && flows.fragment[flow] === FragmentPart.later)
      revealFlags(words, at, flows, flow, seen, direction)
    setLastFrame(words, at, frameBase + frame + 1)

    const bytesAt = (at + Row.bytesFromA + direction * 2) >> 1
    doubles[bytesAt] = doubles[bytesAt]! + originalLength
    addOne(words, at + Row.packetsFromA + direction)
    let shown = seen
    if (isTcp && seen === TcpSeen.ack && !isNew) {
      const own = (words[at + Row.evidence]! >>> (direction * 16)) & 0xffff
      shown = ackEvidence(own, words[at + Row.baseSequenceA + direction]!, flows.sequence[flow]!)
    }
    let evidence = direction === 0 ? shown : shown << 16
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
      addOne(words, at + Row.payloadPackets)
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
    const { table } = this
    const { a, b, ports, key } = this.#keys
    const hash = this.#keys.hash[flow]!
    const direction = this.#keys.direction[flow]!
    this.rowOf[flow] = -1
    let row = table.find(hash, a[flow]!, b[flow]!, ports[flow]!, key[flow]!)
    if (row === -1) {
      row = table.add(hash, a[flow]!, b[flow]!, ports[flow]!, key[flow]!)
      if (row === -1) return
      // Evidence without traffic: listed nowhere, but a part before or after may hold the packet it speaks of.
      const words = table.slab(row)
      const at = table.at(row)
      const frame = flows.frame[flow]!
      words[at + Row.firstTimeHigh] = packedHigh(frames.seconds[frame]!, frames.nanoseconds[frame]!)
      words[at + Row.firstTimeLow] = packedLow(frames.seconds[frame]!)
      words[at + Row.lastTimeHigh] = words[at + Row.firstTimeHigh]!
      words[at + Row.lastTimeLow] = words[at + Row.firstTimeLow]!
      words[at + Row.state] = direction
      setFirstFrame(words, at, frameBase + frame + 1)
    }
    const error = errorOf(flows.ipVersion[flow]!, flows.icmpType[flow]!, flows.icmpCode[flow]!)
    const words = table.slab(row)
    const at = table.at(row) + Row.firstPacketAndErrors
    words[at] = words[at]! | (error << (16 + direction * 8))
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

/** Records of two parts of a capture made into one: the other half of the merge law. */

import type { ProtocolPaths } from '../decode/protocol-path.ts'
import { goesOnFrom } from './conversation-beginning.ts'
import { addCount, countAt, hasPackets } from './conversation-counts.ts'
import { KeyBits, Row, StateBits, TcpSeen } from './conversation-row.ts'
import { firstFrameOf, joinTimes, lastFrameOf, setFirstFrame, setLastFrame } from './conversation-span.ts'
import type { ConversationTable } from './conversation-table.ts'
import { IDENTIFICATION_TRIES, type ConversationTracker } from './conversation-tracker.ts'

const TCP = 6

/** What the later part's numbers are in ours. */
export interface PartMapping {
  /** Frames before the later part. */
  readonly frameOffset: number
  readonly addressOf: (version: number, address: number) => number
  readonly paths: ProtocolPaths
  /** ProtocolPaths node by the later part's node. */
  readonly pathOf: Uint16Array
}

/** Where a later part's records are in ours. */
export interface RecordMap {
  /** Our record by theirs, -1 where it found no room. */
  readonly rowOf: Int32Array
  /** 1 where A and B changed places. */
  readonly isSwapped: Uint8Array
  readonly frameOffset: number
}

/**
 * Add the later part's records. Keys are made anew, because IPv6 numbers differ; a record continues ours unless it
 * began with a SYN that would have begun a new conversation here too (Wireshark's rule, conversation-tracker). Returns
 * where each record went.
 */
export function mergeConversations(
  tracker: ConversationTracker,
  later: ConversationTracker,
  map: PartMapping,
): RecordMap {
  const rowOf = new Int32Array(later.table.count).fill(-1)
  const isSwapped = new Uint8Array(later.table.count)
  for (let row = 0; row < later.table.count; row++) {
    rowOf[row] = mergeRecord(tracker, later.table, row, map, isSwapped)
  }

  const splits = later.pathSplits.table
  for (let i = 0; i < splits.count; i++) {
    const ours = rowOf[splits.keys[i * 3]!]!
    const path = map.pathOf[splits.keys[i * 3 + 1]!]!
    if (ours === -1) continue
    const packets = splits.counters[i * 4]!
    const bytes = splits.counters[i * 4 + 1]!
    addPayload(tracker, ours, path, packets, bytes)
  }
  const { refused } = tracker.pathSplits.table
  for (let i = 0; i < refused.length; i++) refused[i] = refused[i]! + splits.refused[i]!
  tracker.unlisted.merge(later.unlisted, map.addressOf)
  tracker.fragments.merge(later.fragments, map.paths, map.addressOf, map.pathOf)
  return { rowOf, isSwapped, frameOffset: map.frameOffset }
}

function mergeRecord(
  tracker: ConversationTracker,
  from: ConversationTable,
  row: number,
  map: PartMapping,
  swapped: Uint8Array,
): number {
  const { table } = tracker
  const words = from.slab(row)
  const at = from.at(row)
  const key = words[at + Row.key]!
  const version = (key & KeyBits.ipv6) === 0 ? 4 : 6
  let a = map.addressOf(version, words[at]!)
  let b = map.addressOf(version, words[at + 1]!)
  let ports = words[at + Row.ports]!
  const isSwapped = mustSwap(a, b, ports, key)
  if (isSwapped) {
    swapped[row] = 1
    ;[a, b] = [b, a]
    if ((key & KeyBits.hasPorts) !== 0) ports = (ports << 16) | (ports >>> 16)
  }
  const record = readRecord(from, row, isSwapped)
  const hash = table.hash(a, b, ports, key)
  let ours = table.find(hash, a, b, ports, key)
  if (ours === -1) ours = table.add(hash, a, b, ports, key)
  else if (beginsAnew(table, ours, record)) ours = table.addAfter(hash, ours)
  if (ours === -1) {
    addUnlisted(tracker, record, a, b, ports, key)
    return -1
  }
  joinRecord(tracker, ours, record, map)
  return ours
}

function mustSwap(a: number, b: number, ports: number, key: number): boolean {
  if (a === b) return (key & KeyBits.hasPorts) !== 0 && ports >>> 16 > (ports & 0xffff)
  return a >>> 0 > b >>> 0
}

/** A later part's record with its sides already in our order. */
type LaterRecord = ReturnType<typeof readRecord>

function readRecord(table: ConversationTable, row: number, isSwapped: boolean) {
  const words = table.slab(row)
  const doubles = table.doublesOf(row)
  const at = table.at(row)
  const side = isSwapped ? 1 : 0
  const state = words[at + Row.state]!
  const evidence = words[at + Row.evidence]!
  const first = words[at + Row.firstPacketAndErrors]!
  const isNamed = (words[at + Row.applicationAndPath]! & 0xff) !== 0
  const other = isSwapped ? swapState(state, isNamed) : state
  return {
    words,
    at,
    bytesFromA: doubles[(at + Row.bytesFromA + 2 * side) >> 1]!,
    bytesFromB: doubles[(at + Row.bytesFromB - 2 * side) >> 1]!,
    packetsFromA: countAt(words, at + Row.packetsFromA + side),
    packetsFromB: countAt(words, at + Row.packetsFromB - side),
    evidence: isSwapped ? (evidence << 16) | (evidence >>> 16) : evidence,
    baseA: words[at + Row.baseSequenceA + side]!,
    baseB: words[at + Row.baseSequenceB - side]!,
    state: other,
    firstPacketAndErrors: isSwapped
      ? (first & 0xffff) | ((first & 0x00ff_0000) << 8) | ((first >>> 8) & 0x00ff_0000)
      : first,
    payloadBytes: doubles[(at + Row.payloadFrameBytes) >> 1]!,
    payloadPackets: countAt(words, at + Row.payloadPackets),
  }
}

/** The bits that speak of A and B, exchanged. */
function swapState(state: number, isNamed: boolean): number {
  const { originatorIsB, baseSetA, baseSetB, triesAShift, triesBShift, triesMask, namedByB } = StateBits
  let swapped = state & ~(originatorIsB | baseSetA | baseSetB | (0xf << triesAShift) | namedByB)
  swapped |= (state & originatorIsB) ^ originatorIsB
  if ((state & baseSetA) !== 0) swapped |= baseSetB
  if ((state & baseSetB) !== 0) swapped |= baseSetA
  swapped |= ((state >>> triesAShift) & triesMask) << triesBShift
  swapped |= ((state >>> triesBShift) & triesMask) << triesAShift
  return isNamed && (state & namedByB) === 0 ? swapped | namedByB : swapped
}

function packetCountOf(record: LaterRecord): number {
  return record.packetsFromA + record.packetsFromB
}

function beginsAnew(table: ConversationTable, ours: number, record: LaterRecord): boolean {
  const words = table.slab(ours)
  const at = table.at(ours)
  const key = words[at + Row.key]!
  if ((key & KeyBits.ipProtocolMask) !== TCP || (key & KeyBits.hasPorts) === 0) return false
  if (packetCountOf(record) === 0 || (record.state & StateBits.startsWithSyn) === 0) return false
  if ((record.evidence & (TcpSeen.oddFlags * 0x10001)) !== 0) return false
  if (!hasPackets(words, at)) return words[at + Row.firstPacketAndErrors] !== 0
  const fromB = (record.state & StateBits.originatorIsB) !== 0
  const isSet = words[at + Row.state]! & (fromB ? StateBits.baseSetB : StateBits.baseSetA)
  return (
    isSet !== 0 && words[at + Row.baseSequenceA + (fromB ? 1 : 0)] !== (fromB ? record.baseB : record.baseA)
  )
}

function joinRecord(tracker: ConversationTracker, ours: number, record: LaterRecord, map: PartMapping): void {
  const { table } = tracker
  const words = table.slab(ours)
  const doubles = table.doublesOf(ours)
  const at = table.at(ours)
  const hadPackets = hasPackets(words, at)
  const isNewRecord = !hadPackets && words[at + Row.firstPacketAndErrors] === 0
  const errors = (words[at + Row.firstPacketAndErrors]! | record.firstPacketAndErrors) & 0xffff_0000
  const path = map.pathOf[record.words[record.at + Row.applicationAndPath]! >>> 16]!

  if (isNewRecord || (!hadPackets && packetCountOf(record) > 0)) {
    copyFirstPacket(words, at, record, path, map.frameOffset)
  } else if (packetCountOf(record) > 0) {
    joinTimes(words, at, record.words, record.at)
    if (isNameUndecided(words, at, record)) tracker.undecidedCount++
    joinState(words, at, record)
    setLastFrame(words, at, lastFrameOf(record.words, record.at) + map.frameOffset)
  }
  words[at + Row.firstPacketAndErrors] = (words[at + Row.firstPacketAndErrors]! & 0xffff) | errors
  const again =
    hadPackets && (words[at + Row.evidence]! & record.evidence & TcpSeen.syn) !== 0 ? TcpSeen.synAgain : 0
  const againB =
    hadPackets && (words[at + Row.evidence]! & record.evidence & (TcpSeen.syn << 16)) !== 0
      ? TcpSeen.synAgain << 16
      : 0
  const isTcp = (words[at + Row.key]! & KeyBits.ipProtocolMask) === TCP
  const maimon = hadPackets ? ~(TcpSeen.maimonProbe * 0x10001) : -1
  const theirs = isTcp && hadPackets ? joinAcks(tracker, words, at, record) : record.evidence
  words[at + Row.evidence] =
    words[at + Row.evidence]! | (isTcp ? theirs & maimon : theirs) | (isTcp ? again | againB : 0)
  const add = (offset: number, bytes: number): void => {
    doubles[(at + offset) >> 1] = doubles[(at + offset) >> 1]! + bytes
  }
  add(Row.bytesFromA, record.bytesFromA)
  add(Row.bytesFromB, record.bytesFromB)
  addCount(words, at + Row.packetsFromA, record.packetsFromA)
  addCount(words, at + Row.packetsFromB, record.packetsFromB)
  if (record.payloadPackets > 0) addPayload(tracker, ours, path, record.payloadPackets, record.payloadBytes)
}

/** The later part's evidence with its ACKs told as the whole tells them, where our part holds the SYN they must go on from. */
function joinAcks(tracker: ConversationTracker, words: Int32Array, at: number, record: LaterRecord): number {
  let evidence = record.evidence
  for (const side of [0, 1] as const) {
    const ours = (words[at + Row.evidence]! >>> (side * 16)) & 0xffff
    const theirs = (evidence >>> (side * 16)) & 0xffff
    if ((theirs & TcpSeen.ack) === 0 || ours === 0) continue
    const goesOn = goesOnFrom(
      words[at + Row.baseSequenceA + side]!,
      (side === 0 ? record.baseA : record.baseB) + 1,
    )
    if ((ours & TcpSeen.syn) === 0) {
      if (!goesOn) evidence |= TcpSeen.acksApart << (side * 16)
    } else if ((ours & (TcpSeen.synAck | TcpSeen.ack | TcpSeen.data)) === 0) {
      if (!goesOn && (theirs & ~TcpSeen.ack) === 0)
        evidence ^= (TcpSeen.ack | TcpSeen.strayAck) << (side * 16)
      else if (!goesOn || (theirs & TcpSeen.acksApart) !== 0) tracker.undecidedCount++
    }
  }
  return evidence
}

function copyFirstPacket(
  words: Int32Array,
  at: number,
  record: LaterRecord,
  path: number,
  frameOffset: number,
): void {
  const from = record.words
  const source = record.at
  for (const offset of [
    Row.firstTimeHigh,
    Row.firstTimeLow,
    Row.lastTimeHigh,
    Row.lastTimeLow,
    Row.firstWindowAndIpId,
    Row.firstTcpOptions,
  ]) {
    words[at + offset] = from[source + offset]!
  }
  words[at + Row.baseSequenceA] = record.baseA
  words[at + Row.baseSequenceB] = record.baseB
  words[at + Row.firstPacketAndErrors] = record.firstPacketAndErrors
  words[at + Row.applicationAndPath] = (from[source + Row.applicationAndPath]! & 0xffff) | (path << 16)
  const kept = StateBits.continuesPair | StateBits.isSuperseded
  words[at + Row.state] = (words[at + Row.state]! & StateBits.continuesPair) | (record.state & 0xffff & ~kept)
  setFirstFrame(words, at, firstFrameOf(from, source) + frameOffset)
  setLastFrame(words, at, lastFrameOf(from, source) + frameOffset)
}

/**
 * The later part was named by a side whose tries the earlier part had used up, and the other side, which still had some,
 * sent payload: the whole would have looked at it, the part no longer did.
 */
function isNameUndecided(words: Int32Array, at: number, record: LaterRecord): boolean {
  const theirs = record.words[record.at + Row.applicationAndPath]! & 0xffff
  if ((words[at + Row.applicationAndPath]! & 0xff) !== 0 || (theirs & 0xff) === 0 || theirs >>> 8 === 1) {
    return false
  }
  const state = words[at + Row.state]!
  const byB = (record.state & StateBits.namedByB) !== 0
  const [namer, other] = byB
    ? [StateBits.triesBShift, StateBits.triesAShift]
    : [StateBits.triesAShift, StateBits.triesBShift]
  const triesOf = (bits: number, shift: number): number => (bits >>> shift) & StateBits.triesMask
  const theirTry = (record.state >>> StateBits.namedTryShift) & 3
  if (triesOf(state, namer) + theirTry < IDENTIFICATION_TRIES) return false
  // The bit of payload is the same for every transport.
  if (((record.evidence >>> (byB ? 0 : 16)) & TcpSeen.data) === 0) return false
  return triesOf(state, other) + triesOf(record.state, other) < IDENTIFICATION_TRIES
}

/** Base sequence numbers, tries and the application: what the earlier part decided stays decided. */
function joinState(words: Int32Array, at: number, record: LaterRecord): void {
  let state = words[at + Row.state]!
  for (const side of [0, 1] as const) {
    const bit = side === 0 ? StateBits.baseSetA : StateBits.baseSetB
    if ((state & bit) === 0 && (record.state & bit) !== 0) {
      words[at + Row.baseSequenceA + side] = side === 0 ? record.baseA : record.baseB
      state |= bit
    }
  }
  const named = words[at + Row.applicationAndPath]! & 0xff
  const theirs = record.words[record.at + Row.applicationAndPath]! & 0xffff
  if (named === 0 && theirs !== 0) {
    const byB = (record.state & StateBits.namedByB) !== 0
    const shift = byB ? StateBits.triesBShift : StateBits.triesAShift
    const used = (state >>> shift) & StateBits.triesMask
    const theirTry = (record.state >>> StateBits.namedTryShift) & 3
    const isByHeader = theirs >>> 8 === 1
    if (isByHeader || used + theirTry < IDENTIFICATION_TRIES) {
      words[at + Row.applicationAndPath] = words[at + Row.applicationAndPath]! | theirs
      state &= ~(StateBits.namedByB | (3 << StateBits.namedTryShift))
      state |= (used + theirTry) << StateBits.namedTryShift
      if (byB) state |= StateBits.namedByB
    }
  }
  if (named === 0) {
    for (const shift of [StateBits.triesAShift, StateBits.triesBShift]) {
      const sum = ((state >>> shift) & 3) + ((record.state >>> shift) & 3)
      state = (state & ~(3 << shift)) | (Math.min(sum, IDENTIFICATION_TRIES) << shift)
    }
  }
  words[at + Row.state] = state
}

function addPayload(
  tracker: ConversationTracker,
  row: number,
  path: number,
  packets: number,
  bytes: number,
): void {
  const words = tracker.table.slab(row)
  const at = tracker.table.at(row)
  if (words[at + Row.applicationAndPath]! >>> 16 !== path) {
    tracker.pathSplits.table.add(row, path, 0, packets, bytes, 0, 0)
    return
  }
  addCount(words, at + Row.payloadPackets, packets)
  const doubles = tracker.table.doublesOf(row)
  const payloadAt = (at + Row.payloadFrameBytes) >> 1
  doubles[payloadAt] = doubles[payloadAt]! + bytes
}

function addUnlisted(
  tracker: ConversationTracker,
  record: LaterRecord,
  a: number,
  b: number,
  ports: number,
  key: number,
): void {
  if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) !== 0) return
  const version = (key & KeyBits.ipv6) === 0 ? 4 : 6
  const isInner = ((key >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) !== 0
  const ipProtocol = key & KeyBits.ipProtocolMask
  const hasPorts = (key & KeyBits.hasPorts) !== 0
  const synA = (record.evidence & TcpSeen.syn) !== 0 && ipProtocol === TCP
  const synB = (record.evidence & (TcpSeen.syn << 16)) !== 0 && ipProtocol === TCP
  tracker.unlisted.addMany(
    version,
    isInner,
    a,
    b,
    ipProtocol,
    hasPorts ? ports & 0xffff : -1,
    synA ? 1 : 0,
    record.packetsFromA,
    record.bytesFromA,
  )
  tracker.unlisted.addMany(
    version,
    isInner,
    b,
    a,
    ipProtocol,
    hasPorts ? ports >>> 16 : -1,
    synB ? 1 : 0,
    record.packetsFromB,
    record.bytesFromB,
  )
}

/** How a conversation begins: what its record keeps of the first packet, and when a SYN begins another. */

import type { FlowBatch } from '../decode/flow-batch.ts'
import { hasPackets } from './conversation-counts.ts'
import { Row, StateBits, TcpSeen } from './conversation-row.ts'
import { setFirstFrame } from './conversation-span.ts'

const TCP = 6

/** Fill the record of a conversation with its first packet. `frameNumber` is 1-based; times are packed. */
export function begin(
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
  let state = 0
  let firstFlags = flows.icmpType[flow]!
  if (flows.ipProtocol[flow] === TCP) {
    firstFlags = flows.tcpFlags[flow]! & 0xff
    state |= beginningOf(seen, direction)
    if (firstFlags === 0x11) {
      words[at + Row.evidence] = words[at + Row.evidence]! | (TcpSeen.maimonProbe << (direction * 16))
    }
  } else state |= direction
  words[at + Row.state] = (words[at + Row.state]! & (0xff00_0000 | StateBits.continuesPair)) | state
  setFirstFrame(words, at, frameNumber)
  words[at + Row.firstPacketAndErrors] =
    (words[at + Row.firstPacketAndErrors]! & 0xffff_0000) | (flows.timeToLive[flow]! | (firstFlags << 8))
  words[at + Row.firstWindowAndIpId] = (flows.window[flow]! << 16) | (flows.ipId[flow]! & 0xffff)
  words[at + Row.firstTcpOptions] = flows.tcpOptions[flow]!
  words[at + Row.applicationAndPath] =
    (words[at + Row.applicationAndPath]! & 0xffff) | (flows.path[flow]! << 16)
}

/** The conversation's first packet was a fragment that hid its flags from filters: they have come with the next. */
export function revealFlags(
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

/** State bits of a conversation whose first packet shows this: a SYN+ACK answers the other side. */
function beginningOf(seen: number, direction: number): number {
  if ((seen & TcpSeen.synAck) !== 0) return StateBits.startsWithSynAck | (1 - direction)
  return (seen & TcpSeen.syn) !== 0 ? StateBits.startsWithSyn | direction : direction
}

export function isBareSyn(seen: number): boolean {
  return (seen & (TcpSeen.syn | TcpSeen.oddFlags)) === TcpSeen.syn
}

/** Wireshark's rule: a SYN whose sequence number is not the base of its direction begins a new conversation. */
export function startsAnew(words: Int32Array, at: number, direction: number, sequence: number): boolean {
  if (!hasPackets(words, at)) return words[at + Row.firstPacketAndErrors] !== 0
  const isSet = words[at + Row.state]! & (direction === 0 ? StateBits.baseSetA : StateBits.baseSetB)
  return isSet !== 0 && words[at + Row.baseSequenceA + direction] !== sequence
}

/** Wireshark's rule (packet-tcp.c): the first packet each way sets that way's base, an ACK the other way's too. */
export function setBaseSequence(
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

/**
 * What a side can have sent before anything of it is acknowledged: the window of a SYN is not scaled (RFC 7323 section 2.2), so
 * it is no more than this. An ACK further from its SYN belongs to none. Higher takes more probes for handshakes, lower
 * takes handshakes whose packets were lost for probes.
 */
const UNACKNOWLEDGED_MAX = 65_535

/** A bare ACK with this sequence number may be the one that completes the handshake of a SYN with number `base`. */
export function goesOnFrom(base: number, sequence: number): boolean {
  return (sequence - base - 1) >>> 0 <= UNACKNOWLEDGED_MAX
}

/**
 * Evidence bits of a bare ACK that is not the conversation's first packet. `own` is what its sender has shown so far, `base` its
 * base sequence number. Only a SYN says where an ACK must go on. Without one it is told whether they lie apart, for a
 * part of the capture before this one may hold the SYN.
 */
export function ackEvidence(own: number, base: number, sequence: number): number {
  const isUnderWay = (own & (TcpSeen.synAck | TcpSeen.ack | TcpSeen.data)) !== 0
  if ((own & TcpSeen.syn) !== 0)
    return isUnderWay || goesOnFrom(base, sequence) ? TcpSeen.ack : TcpSeen.strayAck
  const isKnown = (own & (TcpSeen.synAck | TcpSeen.data | TcpSeen.acksApart)) !== 0 || own === 0
  return isKnown || goesOnFrom(base, sequence) ? TcpSeen.ack : TcpSeen.ack | TcpSeen.acksApart
}

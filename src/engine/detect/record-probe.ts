/**
 * One conversation record as attempts: who tried to reach whom, with what kind of probe, and what came of it. Who
 * initiated is told by the packets (a SYN, a first datagram, an answer without its question), never by a port number.
 */

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
} from '../aggregate/conversation-row.ts'
import { countAt } from '../aggregate/conversation-counts.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { Protocol } from '../decode/protocol-table.ts'
import { ProbeKind } from './probe-kind.ts'

/** What came of an attempt; the numbers are those of `evidence.probes` in the summary. */
export const Outcome = Object.freeze({ open: 0, refused: 1, filtered: 2, silent: 3, unknown: 4 })

/** Bits that go with an outcome. */
export const AttemptBits = Object.freeze({
  outcomeMask: 7,
  /** Data flowed (TCP, SCTP), or an answer came (all others): somebody used the service. */
  served: 8,
  /** The attempt itself is not in the capture: only the target's answer or an ICMP error tells of it. */
  inferred: 16,
  /** A router said that the probe's hops ran out. */
  timeExceeded: 32,
  /** UDP without a single byte of payload. */
  empty: 64,
  /** TCP: the originator completed the handshake, as connect() does. */
  completed: 128,
  /** The originator refused the answer, SYN+ACK or datagram, as a stack does that never sent what it answers. */
  halfOpen: 256,
  /** TCP: the target's reset carried a window, which a window scan looks for. */
  rstWindow: 512,
  /** The target spoke on this path: an answer, an error, anything. */
  answered: 1024,
  /** TCP: nothing but a SYN+ACK is seen, and it again: nobody took it up. */
  repeatedAnswer: 2048,
  /** TCP: the originator sent data. Bits 12 and 13 are the attempt table's. */
  spoke: 1 << 14,
})

/** Packets of one side up to which a conversation can be a bare ACK or FIN+ACK probe with its retries. */
const STEALTH_PACKETS_MAX = 3

/** No system's client has a lower port (rresvport of BSD hands out 512 to 1023). */
export const RESERVED_CLIENT_PORT_MIN = 512

const TCP = 6
const UDP = 17
const ICMP = 1
const ICMPV6 = 58
const SCTP = 132
const UDPLITE = 136

/**
 * Reads records into its fields; reused for every record. `count` is the number of attempts found (an ICMP
 * conversation can hold an echo and a timestamp request), with `kinds` and `bits` of each.
 */
export class RecordProbe {
  count = 0
  readonly kinds = new Uint8Array(4)
  readonly bits = new Int32Array(4)
  /** The attempt's source is B of the record. */
  sourceIsB = false
  /** Port of the target; IP protocol number for ProbeKind.ipProtocol; 0 where there is none. */
  port = 0
  sourcePort = 0

  read(words: Int32Array, at: number): void {
    this.count = 0
    const key = words[at + Row.key]!
    const role = (key >>> KeyBits.roleShift) & KeyBits.roleMask
    if (role === FlowRole.quoted) return
    const state = words[at + Row.state]!
    const evidence = words[at + Row.evidence]!
    // Who wakes a host (by a magic packet) knows it, and waits for nothing.
    if ((words[at + Row.applicationAndPath]! & 0xff) === Protocol.wol) return
    const firstAndErrors = words[at + Row.firstPacketAndErrors]!
    const isB = (state & StateBits.originatorIsB) !== 0
    const ports = words[at + Row.ports]!
    this.sourceIsB = isB
    this.sourcePort = isB ? ports & 0xffff : ports >>> 16
    this.port = isB ? ports >>> 16 : ports & 0xffff
    const o = isB ? evidence >>> 16 : evidence & 0xffff
    const r = isB ? evidence & 0xffff : evidence >>> 16
    const oPackets = countAt(words, at + (isB ? Row.packetsFromB : Row.packetsFromA))
    const rPackets = countAt(words, at + (isB ? Row.packetsFromA : Row.packetsFromB))
    const errors = isB ? firstAndErrors >>> 24 : (firstAndErrors >>> 16) & 0xff

    if (role !== FlowRole.packet) {
      this.#link(o, r, role)
      return
    }
    const protocol = key & KeyBits.ipProtocolMask
    const hasPorts = (key & KeyBits.hasPorts) !== 0
    if (protocol === TCP) {
      if (!hasPorts) return
      if (isBareSyn(r) && !isBareSyn(o)) {
        // Recorded out of order: the answer stands before the SYN, and the SYN's sender originated all the same.
        this.#swap()
        this.#add(
          ProbeKind.tcpSyn,
          synBits(r, o, rPackets, isB ? (firstAndErrors >>> 16) & 0xff : firstAndErrors >>> 24),
        )
        return
      }
      this.#tcp(state, (firstAndErrors >>> 8) & 0xff, o, r, oPackets, rPackets, errors)
    } else if (protocol === UDP || protocol === UDPLITE) {
      const replyErrors = isB ? (firstAndErrors >>> 16) & 0xff : firstAndErrors >>> 24
      if (hasPorts) this.#udp(o, oPackets, rPackets, errors, replyErrors)
    } else if (protocol === ICMP || protocol === ICMPV6) {
      this.#icmp(o, r, errors)
    } else if (protocol === SCTP) {
      if (hasPorts) this.#sctp(o, r, rPackets, errors)
    } else {
      this.#otherProtocol(protocol, oPackets, rPackets, errors)
    }
  }

  #add(kind: number, bits: number): void {
    this.kinds[this.count] = kind
    this.bits[this.count++] = bits
  }

  /** The other side was the source. */
  #swap(): void {
    this.sourceIsB = !this.sourceIsB
    const port = this.port
    this.port = this.sourcePort
    this.sourcePort = port
  }

  #tcp(
    state: number,
    flags: number,
    o: number,
    r: number,
    oPackets: number,
    rPackets: number,
    errors: number,
  ): void {
    if (oPackets + rPackets === 0) {
      // Nothing but an ICMP error that quotes the attempt.
      if (errors !== 0) this.#add(ProbeKind.tcpSyn, errorBits(errors) | AttemptBits.inferred)
      return
    }
    if ((state & (StateBits.startsWithSyn | StateBits.startsWithSynAck)) !== 0) {
      const isRepeated = oPackets === 0 && rPackets > 1 && r === TcpSeen.synAck
      const bits = synBits(o, r, oPackets, errors) | (isRepeated ? AttemptBits.repeatedAnswer : 0)
      // Where it resets what it never asked for, somebody may count its IP ids: see idle scans.
      const isOnlyAnswered = (bits & (AttemptBits.inferred | AttemptBits.halfOpen)) === AttemptBits.inferred
      if (!isOnlyAnswered || !isServicePort(this.sourcePort)) this.#add(ProbeKind.tcpSyn, bits)
      return
    }
    const core = flags & 0x17
    const answer = stealthAnswer(r, errors)
    if (core === 0x01) {
      this.#add((flags & 0x28) === 0x28 ? ProbeKind.tcpXmas : ProbeKind.tcpFin, answer)
    } else if (core === 0) {
      // Flags that were not captured are no flags either, and no probe.
      if ((o & TcpSeen.nullProbe) !== 0) this.#add(ProbeKind.tcpNull, answer)
    } else if (core === 0x10 || core === 0x11) {
      const allowed = core === 0x10 ? TcpSeen.ack : TcpSeen.ack | TcpSeen.fin | TcpSeen.maimonProbe
      // A connection under way sends data, or is acknowledged; a lone ACK or FIN+ACK meets a reset without ACK, or nothing.
      const isLone = (o & ~allowed) === 0 && oPackets <= STEALTH_PACKETS_MAX
      // Some systems set ACK on the reset; an acknowledgment before it would be a packet more.
      const unmet = TcpSeen.rst | TcpSeen.rstWithWindow | (rPackets <= oPackets ? TcpSeen.ack : 0)
      const isUnmet =
        (r & ~unmet) === 0 && (r === 0 || (r & TcpSeen.rst) !== 0) && rPackets <= STEALTH_PACKETS_MAX
      if (isLone && isUnmet) this.#add(core === 0x10 ? ProbeKind.tcpAck : ProbeKind.tcpMaimon, answer)
    } else if ((flags & 0x04) !== 0 && (flags & 0x03) !== 0) {
      // With FIN every flag is set at once, or nearly: Snort's "full XMAS". A SYN that resets is still a SYN.
      this.#add((flags & 0x01) !== 0 ? ProbeKind.tcpXmas : ProbeKind.tcpSyn, answer)
    } else if ((flags & 0x04) !== 0 && rPackets === 0) {
      this.#inferFromReset(o, oPackets)
    }
  }

  /** Nothing but resets from one side: the other side had asked, unseen. RFC 9293: a reset of a SYN carries ACK, a reset of an ACK does not. */
  #inferFromReset(o: number, oPackets: number): void {
    if ((o & ~(TcpSeen.rst | TcpSeen.ack | TcpSeen.rstWithWindow)) !== 0 || oPackets > STEALTH_PACKETS_MAX)
      return
    this.#swap()
    if (isServicePort(this.sourcePort)) return
    const kind = (o & TcpSeen.ack) !== 0 ? ProbeKind.tcpSyn : ProbeKind.tcpAck
    const window = (o & TcpSeen.rstWithWindow) !== 0 ? AttemptBits.rstWindow : 0
    this.#add(kind, Outcome.refused | AttemptBits.inferred | AttemptBits.answered | window)
  }

  #udp(o: number, oPackets: number, rPackets: number, errors: number, replyErrors: number): void {
    const empty = o === UdpSeen.empty ? AttemptBits.empty : 0
    if (oPackets + rPackets === 0) {
      if (errors !== 0) this.#add(ProbeKind.udp, errorBits(errors) | AttemptBits.inferred)
    } else if (rPackets === 1 && (replyErrors & ErrorSeen.portUnreachable) !== 0) {
      // The one answer found nobody who waited for it: no program of that system had asked.
      this.#add(ProbeKind.udp, Outcome.open | AttemptBits.halfOpen | AttemptBits.answered | empty)
    } else if (rPackets > 0) {
      this.#add(ProbeKind.udp, Outcome.open | AttemptBits.served | AttemptBits.answered | empty)
    } else {
      this.#add(ProbeKind.udp, errorBits(errors) | empty)
    }
  }

  #icmp(o: number, r: number, errors: number): void {
    this.port = 0
    const failed = errorBits(errors)
    const served = Outcome.open | AttemptBits.served | AttemptBits.answered
    const replied = (bit: number) => ((r & bit) !== 0 ? served : failed)
    if (o === IcmpSeen.echoReply && r === 0) {
      // An answer alone: the other side had asked, unseen.
      this.#swap()
      this.port = 0
      this.#add(ProbeKind.icmpEcho, served | AttemptBits.inferred)
      return
    }
    if ((o & IcmpSeen.echoRequest) !== 0) this.#add(ProbeKind.icmpEcho, replied(IcmpSeen.echoReply))
    if ((o & IcmpSeen.timestampRequest) !== 0)
      this.#add(ProbeKind.icmpTimestamp, replied(IcmpSeen.otherReply))
    if ((o & IcmpSeen.maskRequest) !== 0) this.#add(ProbeKind.icmpMask, replied(IcmpSeen.otherReply))
    if ((o & IcmpSeen.informationRequest) !== 0)
      this.#add(ProbeKind.icmpInformation, replied(IcmpSeen.otherReply))
  }

  #sctp(o: number, r: number, rPackets: number, errors: number): void {
    if (r === 0 && (o === SctpSeen.abort || o === SctpSeen.initAck)) {
      // An answer alone: the other side had asked, unseen.
      this.#swap()
      const outcome = o === SctpSeen.abort ? Outcome.refused : Outcome.open
      this.#add(ProbeKind.sctpInit, outcome | AttemptBits.answered | AttemptBits.inferred)
      return
    }
    if ((o & (SctpSeen.init | SctpSeen.cookieEcho)) === 0) return
    const data = ((o | r) & SctpSeen.data) !== 0 ? AttemptBits.served : 0
    if ((r & SctpSeen.abort) !== 0 && (r & SctpSeen.initAck) === 0) {
      this.#add(ProbeKind.sctpInit, Outcome.refused | AttemptBits.answered)
    } else if (rPackets > 0) {
      this.#add(ProbeKind.sctpInit, Outcome.open | AttemptBits.answered | data)
    } else {
      this.#add(ProbeKind.sctpInit, errorBits(errors))
    }
  }

  #otherProtocol(protocol: number, oPackets: number, rPackets: number, errors: number): void {
    this.port = protocol
    if (oPackets === 0) return
    const served = Outcome.open | AttemptBits.served | AttemptBits.answered
    const refused = (errors & ErrorSeen.protocolUnreachable) !== 0
    if (rPackets > 0) this.#add(ProbeKind.ipProtocol, served)
    else if (refused) this.#add(ProbeKind.ipProtocol, Outcome.refused | AttemptBits.answered)
    else this.#add(ProbeKind.ipProtocol, errorBits(errors))
  }

  #link(o: number, r: number, role: number): void {
    this.port = 0
    if ((o & LinkSeen.request) === 0 || (o & LinkSeen.gratuitous) !== 0) return
    const served = Outcome.open | AttemptBits.served | AttemptBits.answered
    const bits = (r & LinkSeen.reply) !== 0 ? served : Outcome.unknown
    this.#add(role === FlowRole.arp ? ProbeKind.arp : ProbeKind.ndp, bits)
  }
}

/** Nobody asks from such a port: what comes there unasked is a flood, or the echo of forged questions. */
function isServicePort(port: number): boolean {
  return port < RESERVED_CLIENT_PORT_MIN
}

function isBareSyn(seen: number): boolean {
  return (seen & (TcpSeen.syn | TcpSeen.oddFlags)) === TcpSeen.syn
}

function synBits(o: number, r: number, oPackets: number, errors: number): number {
  const isInferred = oPackets === 0 || isNothingButReset(o) ? AttemptBits.inferred : 0
  // One direction only: an ACK or data after the SYN shows that the other side had answered.
  const isCompleted = (o & (TcpSeen.ack | TcpSeen.data)) !== 0
  // And a bare reset that something it did not expect had come: who gives up in silence sends nothing (RFC 9293 section 3.10.4).
  const isOneWayReset = r === 0 && (o & TcpSeen.syn) !== 0 && isBareReset(o)
  const isOpen =
    (r & (TcpSeen.synAck | TcpSeen.data)) !== 0 ||
    (isCompleted && (r & TcpSeen.rst) === 0) ||
    (isOneWayReset && errors === 0)
  if (isOpen) {
    let bits = Outcome.open | AttemptBits.answered | isInferred
    if (((o | r) & TcpSeen.data) !== 0) bits |= AttemptBits.served
    if ((o & TcpSeen.data) !== 0) bits |= AttemptBits.spoke
    if ((o & (TcpSeen.ack | TcpSeen.data | TcpSeen.fin)) !== 0 && !isBareReset(o))
      bits |= AttemptBits.completed
    else if ((o & TcpSeen.rst) !== 0) bits |= AttemptBits.halfOpen
    return bits
  }
  if ((r & TcpSeen.rst) !== 0) return Outcome.refused | AttemptBits.answered | isInferred
  return errorBits(errors) | isInferred
}

/** Whoever resets a SYN+ACK and sent no SYN never asked. */
function isNothingButReset(o: number): boolean {
  return (o & TcpSeen.rst) !== 0 && (o & ~(TcpSeen.rst | TcpSeen.rstWithWindow)) === 0
}

/** SYN and RST were all it sent: ACK on the reset itself does not make a handshake. */
function isBareReset(o: number): boolean {
  return (o & TcpSeen.rst) !== 0 && (o & (TcpSeen.data | TcpSeen.fin)) === 0 && (o & TcpSeen.ack) === 0
}

function stealthAnswer(r: number, errors: number): number {
  if ((r & TcpSeen.rst) !== 0) {
    const window = (r & TcpSeen.rstWithWindow) !== 0 ? AttemptBits.rstWindow : 0
    return Outcome.refused | AttemptBits.answered | window
  }
  if (r !== 0) return Outcome.open | AttemptBits.answered
  return errorBits(errors)
}

/** Outcome by ICMP errors; `unknown` when there is none, which the attempt table may yet turn to `silent`. */
function errorBits(errors: number): number {
  if ((errors & ErrorSeen.portUnreachable) !== 0) return Outcome.refused | AttemptBits.answered
  const filtered =
    ErrorSeen.adminProhibited |
    ErrorSeen.hostUnreachable |
    ErrorSeen.netUnreachable |
    ErrorSeen.protocolUnreachable
  if ((errors & filtered) !== 0) return Outcome.filtered | AttemptBits.answered
  return (errors & ErrorSeen.timeExceeded) !== 0
    ? Outcome.unknown | AttemptBits.timeExceeded
    : Outcome.unknown
}

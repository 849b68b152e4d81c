/** The one piece of evidence all scan rules read: every attempt to reach (source, target, kind of probe, port), with its outcome. */

import { KeyBits, LinkSeen, Row } from '../aggregate/conversation-row.ts'
import type { ConversationTable } from '../aggregate/conversation-table.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { unpackNanoseconds, unpackSeconds } from '../net/packed-time.ts'
import type { Evidence } from './evidence.ts'
import { HostSeen, HostTable } from './host-table.ts'
import { ProbeKind } from './probe-kind.ts'
import { AttemptBits, Outcome, RecordProbe } from './record-probe.ts'

/**
 * Seconds of capture after the last packet of an attempt before its silence means anything: Zeek's tcp_attempt_delay.
 * Higher calls fewer ports silent, lower calls slow answers silence.
 */
export const SILENCE_SECONDS = 5

/** Words of one attempt in `words`. */
export const Attempt = Object.freeze({
  source: 0,
  target: 1,
  /** ProbeKind << 16 | port. */
  kindAndPort: 2,
  /** AttemptBits and Outcome, and Settled. */
  bits: 3,
  /** Conversation record of the first and of the latest packets; `served` one that carried data, plus one. */
  firstRow: 4,
  lastRow: 5,
  servedRow: 6,
  /** Conversations folded into it. */
  recordCount: 7,
})
export const ATTEMPT_WORDS = 8

/** Above AttemptBits: the capture goes on long enough after it. */
export const SETTLED = 1 << 12
/** A router said the hops ran out for some of its packets; kept when a later packet got through. */
export const TRACED = 1 << 13

/** Rank by which outcomes of one attempt's conversations are merged: an open port stays open though a later try fails. */
const RANK = [4, 3, 2, 1, 0]

/**
 * Rows 0 to count - 1 in the order of their first record. Retries and retransmissions from other source ports are one
 * attempt. Bounded by the conversation table's ceiling: 32 bytes an attempt, 8 for its slots.
 */
export class AttemptTable {
  count = 0
  words: Int32Array
  readonly hosts: HostTable
  /** Attempt of each conversation record, -1 for none (its first, where a record holds several). */
  readonly attemptOfRow: Int32Array
  /** Hosts A and B of each conversation record. */
  readonly hostA: Int32Array
  readonly hostB: Int32Array
  readonly evidence: Evidence
  /** Seconds at which each host last got a packet from anyone; -Infinity when it never did. */
  readonly lastHeard: Float64Array
  /** Seconds from the capture's first to its last time. */
  readonly durationSeconds: number
  #slots: Int32Array
  #slotMask: number

  constructor(evidence: Evidence) {
    this.evidence = evidence
    const table = evidence.conversations
    // Nearly every record is an attempt of its own where there are most of them.
    const slotCount = 2 ** Math.ceil(Math.log2(Math.max(4096, 2 * table.count)))
    this.words = new Int32Array(ATTEMPT_WORDS * Math.max(1024, table.count))
    this.#slots = new Int32Array(slotCount)
    this.#slotMask = slotCount - 1
    this.hosts = new HostTable(evidence.hash, evidence.addresses, table.count)
    this.attemptOfRow = new Int32Array(table.count).fill(-1)
    this.hostA = new Int32Array(table.count)
    this.hostB = new Int32Array(table.count)
    this.durationSeconds = evidence.lastTime === null ? 0 : this.#seconds(evidence.lastTime)
    this.#fold(table)
    this.lastHeard = this.#lastHeard(table.count)
    this.#settle()
  }

  /** The attempt of these hosts, with a SYN, on that port; -1 when there is none. */
  findSyn(source: number, target: number, port: number): number {
    const kindAndPort = (ProbeKind.tcpSyn << 16) | port
    let slot = this.evidence.hash.words4(source, target, kindAndPort, 0) & this.#slotMask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & this.#slotMask) {
      const at = (this.#slots[slot]! - 1) * ATTEMPT_WORDS
      const w = this.words
      if (w[at] === source && w[at + 1] === target && w[at + 2] === kindAndPort) return this.#slots[slot]! - 1
    }
    return -1
  }

  source(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS]!
  }
  target(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 1]!
  }
  kind(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 2]! >>> 16
  }
  port(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 2]! & 0xffff
  }
  bits(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 3]!
  }
  outcome(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 3]! & AttemptBits.outcomeMask
  }
  firstRow(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 4]!
  }
  lastRow(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 5]!
  }
  /** Record of a conversation in which the service was used; -1 for none. */
  servedRow(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 6]! - 1
  }
  recordCount(attempt: number): number {
    return this.words[attempt * ATTEMPT_WORDS + 7]!
  }
  isServed(attempt: number): boolean {
    return (this.bits(attempt) & AttemptBits.served) !== 0
  }
  /** Seconds from the capture's first time to the attempt, and the 1-based number of its first frame. */
  time(attempt: number): number {
    return this.firstSeconds(this.firstRow(attempt))
  }
  frame(attempt: number): number {
    return this.firstFrame(this.firstRow(attempt))
  }

  /**
   * The attempt did not reach a service. For a SYN that nobody answered this holds even where answers cannot be seen:
   * its sender never acknowledged one. A FIN, NULL or Xmas probe can reach none; a lone ACK or FIN+ACK left without
   * answer counts only when it carries no options, as a packet made by hand does.
   */
  isFailed(attempt: number): boolean {
    const bits = this.bits(attempt)
    const outcome = bits & AttemptBits.outcomeMask
    if (outcome === Outcome.open) return false
    if (outcome !== Outcome.unknown && outcome !== Outcome.silent) return true
    const kind = this.kind(attempt)
    if (kind >= ProbeKind.tcpFin && kind <= ProbeKind.tcpXmas) return true
    const isOver =
      outcome === Outcome.silent ||
      ((bits & SETTLED) !== 0 && (kind !== ProbeKind.udp || (bits & AttemptBits.empty) !== 0))
    if (!isOver || (bits & TRACED) !== 0) return false
    return (
      (kind !== ProbeKind.tcpAck && kind !== ProbeKind.tcpMaimon) ||
      this.firstWord(attempt, Row.firstTcpOptions) === 0
    )
  }

  /** The source's line was up after the attempt: somebody's packet still reached it. */
  isLineUp(attempt: number): boolean {
    return this.time(attempt) <= this.lastHeard[this.source(attempt)]!
  }

  /** A word of the attempt's first record. */
  firstWord(attempt: number, offset: number): number {
    const row = this.firstRow(attempt)
    const table = this.evidence.conversations
    return table.slab(row)[table.at(row) + offset]!
  }

  /** Port the attempt's first packet came from. */
  sourcePort(attempt: number): number {
    const row = this.firstRow(attempt)
    const ports = this.firstWord(attempt, Row.ports)
    // A host that talks to itself is both.
    if (this.hostA[row] === this.hostB[row])
      return ports >>> 16 === this.port(attempt) ? ports & 0xffff : ports >>> 16
    return this.hostA[row] === this.source(attempt) ? ports >>> 16 : ports & 0xffff
  }

  /** Seconds from the capture's first time to the first (or last) packet of a record. */
  firstSeconds(row: number): number {
    return this.#rowSeconds(row, Row.firstTimeHigh)
  }

  lastSeconds(row: number): number {
    return this.#rowSeconds(row, Row.lastTimeHigh)
  }

  /** 1-based number of a record's first frame. */
  firstFrame(row: number): number {
    const table = this.evidence.conversations
    const words = table.slab(row)
    const at = table.at(row)
    const high = (words[at + Row.state]! >>> 16) & 0xff
    return high * 4_294_967_296 + (words[at + Row.firstFrame]! >>> 0) + 1
  }

  #rowSeconds(row: number, at: number): number {
    const first = this.evidence.firstTime
    if (first === null) return 0
    const table = this.evidence.conversations
    const words = table.slab(row)
    const place = table.at(row) + at
    const high = words[place]!
    const seconds = unpackSeconds(high, words[place + 1]!)
    return ((seconds - first.seconds) * 1e9 + (unpackNanoseconds(high) - first.nanoseconds)) / 1e9
  }

  #seconds(time: { readonly seconds: number; readonly nanoseconds: number }): number {
    const first = this.evidence.firstTime
    if (first === null) return 0
    return ((time.seconds - first.seconds) * 1e9 + (time.nanoseconds - first.nanoseconds)) / 1e9
  }

  #fold(table: ConversationTable): void {
    const probe = new RecordProbe()
    const hosts = this.hosts
    for (let row = 0; row < table.count; row++) {
      const words = table.slab(row)
      const at = table.at(row)
      const key = words[at + Row.key]!
      const isIpv6 = (key & KeyBits.ipv6) !== 0
      const a = hosts.numberOf(isIpv6, words[at + Row.addressA]!)
      const b = hosts.numberOf(isIpv6, words[at + Row.addressB]!)
      this.hostA[row] = a
      this.hostB[row] = b
      if (a === -1 || b === -1) continue
      if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) === FlowRole.packet) {
        if (words[at + Row.packetsFromA] !== 0) this.#saw(a, b)
        if (words[at + Row.packetsFromB] !== 0) this.#saw(b, a)
      } else if (isIpv6) {
        this.#advertised(words[at + Row.evidence]!, a, b)
      }
      probe.read(words, at)
      if (probe.count === 0) continue
      const source = probe.sourceIsB ? b : a
      const target = probe.sourceIsB ? a : b
      if ((hosts.seen[target]! & HostSeen.group) !== 0) continue
      // A multicast or broadcast source can only be forged; 0.0.0.0 asks who has its own address.
      if ((hosts.seen[source]! & HostSeen.group) !== 0 && probe.kinds[0] !== ProbeKind.tcpSyn) continue
      for (let i = 0; i < probe.count; i++) {
        const attempt = this.#add(source, target, (probe.kinds[i]! << 16) | probe.port, probe.bits[i]!, row)
        if (i === 0) this.attemptOfRow[row] = attempt
      }
    }
  }

  #saw(sender: number, receiver: number): void {
    const seen = this.hosts.seen
    seen[sender] = seen[sender]! | HostSeen.sent
    seen[receiver] = seen[receiver]! | HostSeen.received
  }

  /** An advertisement is a row from its sender to the address it tells of, so it may not meet its solicitation's row. */
  #advertised(evidence: number, a: number, b: number): void {
    const seen = this.hosts.seen
    if ((evidence & LinkSeen.reply) !== 0) seen[b] = seen[b]! | HostSeen.advertised
    if ((evidence & (LinkSeen.reply << 16)) !== 0) seen[a] = seen[a]! | HostSeen.advertised
  }

  #add(source: number, target: number, kindAndPort: number, bits: number, row: number): number {
    const hash = this.evidence.hash.words4(source, target, kindAndPort, 0)
    let slot = hash & this.#slotMask
    for (;;) {
      const known = this.#slots[slot]!
      if (known === 0) break
      const at = (known - 1) * ATTEMPT_WORDS
      const w = this.words
      if (w[at] === source && w[at + 1] === target && w[at + 2] === kindAndPort) {
        this.#merge(at, bits, row)
        return known - 1
      }
      slot = (slot + 1) & this.#slotMask
    }
    const attempt = this.count++
    const at = attempt * ATTEMPT_WORDS
    if (at === this.words.length) {
      const grown = new Int32Array(this.words.length * 2)
      grown.set(this.words)
      this.words = grown
    }
    const w = this.words
    w[at] = source
    w[at + 1] = target
    w[at + 2] = kindAndPort
    w[at + 3] = (bits & AttemptBits.timeExceeded) !== 0 ? bits | TRACED : bits
    w[at + 4] = row
    w[at + 5] = row
    w[at + 6] = (bits & AttemptBits.served) !== 0 ? row + 1 : 0
    w[at + 7] = 1
    this.#slots[slot] = attempt + 1
    if (this.count * 2 > this.#slots.length) this.#grow()
    return attempt
  }

  #merge(at: number, bits: number, row: number): void {
    const w = this.words
    const old = w[at + Attempt.bits]!
    const isBetter = RANK[bits & AttemptBits.outcomeMask]! > RANK[old & AttemptBits.outcomeMask]!
    const outcome = (isBetter ? bits : old) & AttemptBits.outcomeMask
    const both = AttemptBits.inferred | AttemptBits.empty
    const traced = (bits & AttemptBits.timeExceeded) !== 0 ? TRACED : 0
    w[at + Attempt.bits] =
      outcome | ((old | bits) & ~(AttemptBits.outcomeMask | both)) | (old & bits & both) | traced
    w[at + Attempt.lastRow] = row
    if (w[at + Attempt.servedRow] === 0 && (bits & AttemptBits.served) !== 0)
      w[at + Attempt.servedRow] = row + 1
    w[at + Attempt.recordCount] = w[at + Attempt.recordCount]! + 1
  }

  #lastHeard(recordCount: number): Float64Array {
    const heard = new Float64Array(this.hosts.count).fill(-Infinity)
    const table = this.evidence.conversations
    for (let row = 0; row < recordCount; row++) {
      const a = this.hostA[row]!
      const b = this.hostB[row]!
      if (a === -1 || b === -1) continue
      const words = table.slab(row)
      const at = table.at(row)
      if (((words[at + Row.key]! >>> KeyBits.roleShift) & KeyBits.roleMask) !== FlowRole.packet) continue
      const seconds = this.lastSeconds(row)
      if (words[at + Row.packetsFromA] !== 0 && seconds > heard[b]!) heard[b] = seconds
      if (words[at + Row.packetsFromB] !== 0 && seconds > heard[a]!) heard[a] = seconds
    }
    return heard
  }

  /** Silence is told from ignorance: only where the capture goes on, and shows answers on that path. */
  #settle(): void {
    const w = this.words
    const seen = this.hosts.seen
    for (let attempt = 0, at = 0; attempt < this.count; attempt++, at += ATTEMPT_WORDS) {
      const bits = w[at + Attempt.bits]!
      if ((bits & AttemptBits.outcomeMask) !== Outcome.unknown) continue
      if (
        w[at + Attempt.kindAndPort]! >>> 16 === ProbeKind.ndp &&
        (seen[w[at + 1]!]! & HostSeen.advertised) !== 0
      ) {
        w[at + Attempt.bits] =
          (bits & ~AttemptBits.outcomeMask) | Outcome.open | AttemptBits.served | AttemptBits.answered
        continue
      }
      if (this.durationSeconds - this.lastSeconds(w[at + Attempt.lastRow]!) < SILENCE_SECONDS) continue
      const showsAnswers =
        (seen[w[at + Attempt.source]!]! & HostSeen.received) !== 0 ||
        (seen[w[at + Attempt.target]!]! & HostSeen.sent) !== 0
      const outcome = showsAnswers ? Outcome.silent : Outcome.unknown
      w[at + Attempt.bits] = (bits & ~AttemptBits.outcomeMask) | outcome | SETTLED
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    this.#slotMask = this.#slots.length - 1
    const w = this.words
    for (let attempt = 0, at = 0; attempt < this.count; attempt++, at += ATTEMPT_WORDS) {
      let slot = this.evidence.hash.words4(w[at]!, w[at + 1]!, w[at + 2]!, 0) & this.#slotMask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#slotMask
      this.#slots[slot] = attempt + 1
    }
  }
}

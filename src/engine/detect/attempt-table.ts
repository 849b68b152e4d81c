/** The one piece of evidence all scan rules read: every attempt to reach (source, target, kind of probe, port), with its outcome. */

import { KeyBits, LinkSeen, Row } from '../aggregate/conversation-row.ts'
import type { ConversationTable } from '../aggregate/conversation-table.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { radixOrder } from '../net/radix-sort.ts'
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
 * attempt. Bounded by the conversation table's ceiling: 32 bytes an attempt, 4 for its place in order, and 16 more
 * while it is made. Attempts are told apart by sorting, so there is no hash that crafted packets could slow.
 */
export class AttemptTable {
  readonly count: number
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
  /** Attempts by source, target, kind and port. */
  readonly #sorted: Uint32Array

  constructor(evidence: Evidence) {
    this.evidence = evidence
    const table = evidence.conversations
    this.words = new Int32Array(ATTEMPT_WORDS * Math.max(1024, table.count))
    this.hosts = new HostTable(evidence.hosts, evidence.addresses)
    this.attemptOfRow = new Int32Array(table.count).fill(-1)
    this.hostA = evidence.hosts.a
    this.hostB = evidence.hosts.b
    this.lastHeard = new Float64Array(this.hosts.count).fill(-Infinity)
    this.durationSeconds = evidence.lastTime === null ? 0 : this.#seconds(evidence.lastTime)
    const probeCount = this.#read(table)
    const order = this.#order(probeCount)
    this.count = this.#fold(order)
    this.#sorted = order.subarray(0, this.count)
    this.#settle()
  }

  /** The attempt of these hosts, with a SYN, on that port; -1 when there is none. */
  findSyn(source: number, target: number, port: number): number {
    const kindAndPort = (ProbeKind.tcpSyn << 16) | port
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      const attempt = this.#sorted[middle]!
      const order =
        this.source(attempt) - source ||
        this.target(attempt) - target ||
        this.words[attempt * ATTEMPT_WORDS + Attempt.kindAndPort]! - kindAndPort
      if (order === 0) return attempt
      if (order < 0) low = middle + 1
      else high = middle
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

  /** Every probe of every record as a row of `words`, in the order of records. Returns how many there are. */
  #read(table: ConversationTable): number {
    const probe = new RecordProbe()
    const { hosts, lastHeard } = this
    let count = 0
    for (let row = 0; row < table.count; row++) {
      const a = this.hostA[row]!
      const b = this.hostB[row]!
      if (a === -1 || b === -1) continue
      const words = table.slab(row)
      const at = table.at(row)
      const key = words[at + Row.key]!
      if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) === FlowRole.packet) {
        const seconds = this.lastSeconds(row)
        if (words[at + Row.packetsFromA] !== 0) {
          this.#saw(a, b)
          if (seconds > lastHeard[b]!) lastHeard[b] = seconds
        }
        if (words[at + Row.packetsFromB] !== 0) {
          this.#saw(b, a)
          if (seconds > lastHeard[a]!) lastHeard[a] = seconds
        }
      } else if ((key & KeyBits.ipv6) !== 0) {
        this.#advertised(words[at + Row.evidence]!, a, b)
      }
      probe.read(words, at)
      if (probe.count === 0) continue
      const source = probe.sourceIsB ? b : a
      const target = probe.sourceIsB ? a : b
      if ((hosts.seen[target]! & HostSeen.group) !== 0) continue
      // A multicast or broadcast source can only be forged; 0.0.0.0 asks who has its own address.
      if ((hosts.seen[source]! & HostSeen.group) !== 0 && probe.kinds[0] !== ProbeKind.tcpSyn) continue
      this.attemptOfRow[row] = count
      for (let i = 0; i < probe.count; i++) {
        this.#write(count++, source, target, (probe.kinds[i]! << 16) | probe.port, probe.bits[i]!, row)
      }
    }
    return count
  }

  #write(at: number, source: number, target: number, kindAndPort: number, bits: number, row: number): void {
    const place = at * ATTEMPT_WORDS
    if (place === this.words.length) {
      const grown = new Int32Array(this.words.length * 2)
      grown.set(this.words)
      this.words = grown
    }
    const w = this.words
    w[place] = source
    w[place + 1] = target
    w[place + 2] = kindAndPort
    w[place + 3] = (bits & AttemptBits.timeExceeded) !== 0 ? bits | TRACED : bits
    w[place + 4] = row
    w[place + 5] = row
    w[place + 6] = (bits & AttemptBits.served) !== 0 ? row + 1 : 0
    w[place + 7] = 1
  }

  /** The probes by source, target, kind and port, those of one attempt in the order of records. */
  #order(probeCount: number): Uint32Array {
    const byKind = radixOrder(this.#column(Attempt.kindAndPort, probeCount))
    const byTarget = radixOrder(this.#column(Attempt.target, probeCount), byKind)
    return radixOrder(this.#column(Attempt.source, probeCount), byTarget)
  }

  #column(word: number, count: number): Uint32Array {
    const { words } = this
    const column = new Uint32Array(count)
    for (let i = 0, at = word; i < count; i++, at += ATTEMPT_WORDS) column[i] = words[at]!
    return column
  }

  /**
   * Join the probes of one attempt, in place: an attempt never stands behind its first probe. `order` then holds the
   * attempts instead. Returns how many there are.
   */
  #fold(order: Uint32Array): number {
    const w = this.words
    // Of each probe the first of its attempt, and then, from the front, the number of the attempt.
    const attemptOf = new Uint32Array(order.length)
    let first = 0
    let distinct = 0
    for (let i = 0; i < order.length; i++) {
      const probe = order[i]!
      if (i === 0 || !this.#isSame(first, probe)) {
        first = probe
        order[distinct++] = probe
      }
      attemptOf[probe] = first
    }
    let count = 0
    for (let probe = 0; probe < order.length; probe++) {
      const at = probe * ATTEMPT_WORDS
      if (attemptOf[probe] === probe) {
        attemptOf[probe] = count
        if (count !== probe) w.copyWithin(count * ATTEMPT_WORDS, at, at + ATTEMPT_WORDS)
        count++
      } else {
        attemptOf[probe] = attemptOf[attemptOf[probe]!]!
        this.#merge(attemptOf[probe]! * ATTEMPT_WORDS, w[at + Attempt.bits]!, w[at + Attempt.firstRow]!)
      }
    }
    for (let i = 0; i < distinct; i++) order[i] = attemptOf[order[i]!]!
    for (let row = 0; row < this.attemptOfRow.length; row++) {
      const probe = this.attemptOfRow[row]!
      if (probe !== -1) this.attemptOfRow[row] = attemptOf[probe]!
    }
    return count
  }

  #isSame(probe: number, other: number): boolean {
    const w = this.words
    const [x, y] = [probe * ATTEMPT_WORDS, other * ATTEMPT_WORDS]
    return w[x] === w[y] && w[x + 1] === w[y + 1] && w[x + 2] === w[y + 2]
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

  #merge(at: number, bits: number, row: number): void {
    const w = this.words
    const old = w[at + Attempt.bits]!
    const isBetter = RANK[bits & AttemptBits.outcomeMask]! > RANK[old & AttemptBits.outcomeMask]!
    const outcome = (isBetter ? bits : old) & AttemptBits.outcomeMask
    const both = AttemptBits.inferred | AttemptBits.empty
    w[at + Attempt.bits] = outcome | ((old | bits) & ~(AttemptBits.outcomeMask | both)) | (old & bits & both)
    w[at + Attempt.lastRow] = row
    if (w[at + Attempt.servedRow] === 0 && (bits & AttemptBits.served) !== 0)
      w[at + Attempt.servedRow] = row + 1
    w[at + Attempt.recordCount] = w[at + Attempt.recordCount]! + 1
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
}

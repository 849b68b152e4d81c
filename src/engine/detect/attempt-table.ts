/** The one piece of evidence all scan rules read: every attempt to reach (source, target, kind of probe, port), with its outcome. */

import { countAt } from '../aggregate/conversation-counts.ts'
import { Row } from '../aggregate/conversation-row.ts'
import { Attempt, ATTEMPT_WORDS, SETTLED, TRACED } from './attempt-row.ts'
import type { Evidence } from './evidence.ts'
import { foldAttempts } from './fold-attempts.ts'
import { HostSeen, HostTable } from './host-table.ts'
import { ProbeKind } from './probe-kind.ts'
import { Probes } from './read-probes.ts'
import { AttemptBits, Outcome } from './record-probe.ts'
import { RecordTimes } from './record-times.ts'

/**
 * Seconds of capture after the first packet of an attempt before its silence means anything: Zeek's tcp_attempt_delay.
 * Higher calls fewer ports silent, lower calls slow answers silence.
 */
export const SILENCE_SECONDS = 5
/**
 * The same where the source itself asked again, so had no answer: the first retransmission timeout of RFC 6298. Captures
 * end with the scan they were made of.
 */
const REPEAT_SECONDS = 1

/**
 * Connections that went on without the SYN+ACK that they need (RFC 9293 section 3.5), less those that show it, from which a capture
 * is sampled. Jung et al. 2004: where one shows it with probability 0.8 in a whole capture and 0.2 in a sampled one, four net carry a
 * likelihood ratio above 99. Higher takes short sampled captures for whole ones, lower whole ones that lost packets for sampled.
 */
const NET_MISSED_MIN = 4

/**
 * Rows 0 to count - 1 in the order of their first record. Retries and retransmissions from other source ports are one
 * attempt. Bounded by the conversation table's ceiling: 32 bytes an attempt, 4 for its place in order, and 16 more
 * while it is made. Attempts are told apart by sorting, so there is no hash that crafted packets could slow.
 */
export class AttemptTable {
  readonly count: number
  /** Rows of Attempt. */
  readonly words: Int32Array
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
  /**
   * False where handshakes were answered and none goes on: a filter that let SYNs pass, or the first packets of each
   * conversation. Whether a port was used then cannot be seen, nor in a sampled capture.
   */
  readonly showsUse: boolean
  /** Most packets are missing, as in a capture of every sixteenth (sFlow, RFC 5475): silence in it is no silence. */
  readonly isSampled: boolean
  /** What `isUse` of scan/probe-or-use found: 0 not asked yet, 1 a use, 2 none. Rules ask many times over. */
  readonly useOf: Uint8Array
  readonly #times: RecordTimes

  constructor(evidence: Evidence) {
    this.evidence = evidence
    this.hosts = new HostTable(evidence.hosts, evidence.addresses)
    this.hostA = evidence.hosts.a
    this.hostB = evidence.hosts.b
    this.#times = new RecordTimes(evidence)
    this.durationSeconds = this.#times.durationSeconds
    const probes = new Probes(evidence.conversations.count, this.hosts)
    probes.read(evidence, this.#times)
    const { count, attemptOf } = foldAttempts(probes.words, probes.count, this.hosts.count)
    this.count = count
    this.useOf = new Uint8Array(count)
    this.words = probes.words
    this.lastHeard = probes.lastHeard
    this.isSampled = probes.missedAnswerCount - probes.seenAnswerCount >= NET_MISSED_MIN
    this.showsUse = !this.isSampled && (probes.answeredCount === 0 || probes.goneOnCount > 0)
    this.attemptOfRow = probes.firstOfRow
    for (let row = 0; row < this.attemptOfRow.length; row++) {
      const probe = this.attemptOfRow[row]!
      if (probe !== -1) this.attemptOfRow[row] = attemptOf[probe]!
    }
    this.#settle()
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

  /** Packets the source sent in the attempt's first record. */
  askedCount(attempt: number): number {
    return this.#packetsFrom(attempt, this.source(attempt))
  }

  /** Bytes the source sent in the attempt's first record, as frames. */
  askedBytes(attempt: number): number {
    const row = this.firstRow(attempt)
    const table = this.evidence.conversations
    const side = this.hostA[row] === this.source(attempt) ? Row.bytesFromA : Row.bytesFromB
    return table.doublesOf(row)[(table.at(row) + side) >> 1]!
  }

  /** Packets the target sent in the attempt's first record. */
  answerCount(attempt: number): number {
    return this.#packetsFrom(attempt, this.target(attempt))
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

  /** Seconds from the capture's first time to the first packet of a record. */
  firstSeconds(row: number): number {
    return this.#times.firstSeconds(row)
  }

  /** Seconds from the capture's first time to the last packet of a record. */
  lastSeconds(row: number): number {
    return this.#times.lastSeconds(row)
  }

  /** 1-based number of a record's first frame. */
  firstFrame(row: number): number {
    return this.#times.firstFrame(row)
  }

  #packetsFrom(attempt: number, host: number): number {
    const row = this.firstRow(attempt)
    const table = this.evidence.conversations
    const side = this.hostA[row] === host ? Row.packetsFromA : Row.packetsFromB
    return countAt(table.slab(row), table.at(row) + side)
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
      if (this.isSampled) continue
      const waited = this.durationSeconds - this.time(attempt)
      if (waited < SILENCE_SECONDS && (waited < REPEAT_SECONDS || !this.#isRepeated(attempt))) continue
      const showsAnswers =
        (seen[w[at + Attempt.source]!]! & HostSeen.received) !== 0 ||
        (seen[w[at + Attempt.target]!]! & HostSeen.sent) !== 0
      const outcome = showsAnswers ? Outcome.silent : Outcome.unknown
      w[at + Attempt.bits] = (bits & ~AttemptBits.outcomeMask) | outcome | SETTLED
    }
  }

  #isRepeated(attempt: number): boolean {
    if (this.recordCount(attempt) > 1) return true
    return this.askedCount(attempt) > 1
  }
}

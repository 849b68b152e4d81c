/** Every probe of every conversation record, and what the records show of the hosts on the way. */

import { KeyBits, LinkSeen, Row, TcpSeen } from '../aggregate/conversation-row.ts'
import { FlowRole } from '../decode/flow-batch.ts'
import { Attempt, ATTEMPT_WORDS, MARKED, TRACED } from './attempt-row.ts'
import type { Evidence } from './evidence.ts'
import { GroupQuestions, isOfDhcpServer, NOBODY_YET } from './group-questions.ts'
import { HostSeen, type HostTable } from './host-table.ts'
import { ProbeKind } from './probe-kind.ts'
import { isMarked } from './probe-marks.ts'
import { AttemptBits, RecordProbe } from './record-probe.ts'
import type { RecordTimes } from './record-times.ts'

const TCP = 6

/** The probes of all records, in their order; `read` fills it, and notes in `hosts.seen` who sent and received. */
export class Probes {
  count = 0
  /** Rows of Attempt, each of one probe. */
  words: Int32Array
  /** First probe of each record, -1 for none. */
  readonly firstOfRow: Int32Array
  /** Seconds at which each host last got a packet from anyone; -Infinity when it never did. */
  readonly lastHeard: Float64Array
  /** TCP handshakes that were begun and answered, and those of them that show anything more. */
  answeredCount = 0
  goneOnCount = 0
  /** Connections that were begun and taken part in from the other side: without its SYN+ACK, and with it. */
  missedAnswerCount = 0
  seenAnswerCount = 0
  readonly #hosts: HostTable
  readonly #questions = new GroupQuestions()

  constructor(recordCount: number, hosts: HostTable) {
    this.#hosts = hosts
    // Nearly every record is an attempt of its own where there are most of them.
    this.words = new Int32Array(ATTEMPT_WORDS * Math.max(1024, recordCount))
    this.firstOfRow = new Int32Array(recordCount).fill(-1)
    this.lastHeard = new Float64Array(hosts.count).fill(-Infinity)
  }

  read({ conversations: table, hosts: { a: hostA, b: hostB } }: Evidence, times: RecordTimes): void {
    const probe = new RecordProbe()
    for (let row = 0; row < table.count; row++) {
      const a = hostA[row]!
      const b = hostB[row]!
      if (a === -1 || b === -1) continue
      const words = table.slab(row)
      const at = table.at(row)
      const key = words[at + Row.key]!
      if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) === FlowRole.packet) {
        const seconds = times.lastSeconds(row)
        if ((key & KeyBits.ipProtocolMask) === TCP) this.#seeHandshake(words[at + Row.evidence]!)
        if (words[at + Row.packetsFromA] !== 0) this.#saw(a, b, seconds)
        if (words[at + Row.packetsFromB] !== 0) this.#saw(b, a, seconds)
      } else if ((key & KeyBits.ipv6) !== 0) {
        this.#advertised(words[at + Row.evidence]!, a, b)
      }
      probe.read(words, at)
      if (probe.count > 0) this.#take(probe, words, at, row, probe.sourceIsB ? b : a, probe.sourceIsB ? a : b)
    }
    if (this.#questions.count === 0) return
    this.#questions.seal()
    this.#leaveOutAnswers(table, hostA)
  }

  /** Add what the record at `at` is an attempt of. */
  #take(
    probe: RecordProbe,
    words: Int32Array,
    at: number,
    row: number,
    source: number,
    target: number,
  ): void {
    const { seen } = this.#hosts
    if (probe.kinds[0] === ProbeKind.udp) {
      const address = words[at + (probe.sourceIsB ? Row.addressA : Row.addressB)]!
      if (isGroup(address, words[at + Row.key]!, seen[target]!)) {
        this.#questions.add(this.#asker(source), probe.sourcePort, probe.port)
        seen[source] = seen[source]! | HostSeen.askedGroup
      } else if (isOfDhcpServer(probe.sourcePort, probe.port)) return
    }
    if ((seen[target]! & HostSeen.group) !== 0) return
    // A multicast or broadcast source can only be forged; 0.0.0.0 asks who has its own address.
    if ((seen[source]! & HostSeen.group) !== 0 && probe.kinds[0] !== ProbeKind.tcpSyn) return
    this.firstOfRow[row] = this.count
    for (let i = 0; i < probe.count; i++) {
      const kind = probe.kinds[i]!
      const mark = isMarked(words, at, kind, !probe.sourceIsB, probe.port) ? MARKED : 0
      this.#add(source, target, (kind << 16) | probe.port, probe.bits[i]! | mark, row)
    }
  }

  #asker(host: number): number {
    return this.#hosts.isIpv6[host] === 0 && this.#hosts.addressOf[host] === 0 ? NOBODY_YET : host
  }

  /** Datagrams that answer a question to a group are nobody's attempt: the rows behind them move up. */
  #leaveOutAnswers(table: Evidence['conversations'], hostA: Int32Array): void {
    const w = this.words
    const { seen } = this.#hosts
    const questions = this.#questions
    let kept = 0
    for (let probe = 0; probe < this.count; probe++) {
      const at = probe * ATTEMPT_WORDS
      const kindAndPort = w[at + Attempt.kindAndPort]!
      const row = w[at + Attempt.firstRow]!
      const target = w[at + Attempt.target]!
      const mayAnswer = questions.isOfNobody || (seen[target]! & HostSeen.askedGroup) !== 0
      if (
        mayAnswer &&
        kindAndPort >>> 16 === ProbeKind.udp &&
        (w[at + Attempt.bits]! & AttemptBits.served) === 0
      ) {
        const ports = table.slab(row)[table.at(row) + Row.ports]!
        const sourcePort = hostA[row] === w[at + Attempt.source] ? ports >>> 16 : ports & 0xffff
        if (questions.isAnswer(target, sourcePort, kindAndPort & 0xffff)) {
          this.firstOfRow[row] = -1
          continue
        }
      }
      if (kept !== probe) {
        w.copyWithin(kept * ATTEMPT_WORDS, at, at + ATTEMPT_WORDS)
        if (this.firstOfRow[row] === probe) this.firstOfRow[row] = kept
      }
      kept++
    }
    this.count = kept
  }

  #seeHandshake(evidence: number): void {
    const both = (evidence | (evidence >>> 16)) & 0xffff
    if ((both & TcpSeen.syn) === 0) return
    this.#seeAnswer(evidence & 0xffff, evidence >>> 16)
    this.#seeAnswer(evidence >>> 16, evidence & 0xffff)
    const handshake = TcpSeen.syn | TcpSeen.synAck
    if ((both & handshake) !== handshake) return
    this.answeredCount++
    if ((both & ~(handshake | TcpSeen.synAgain)) !== 0) this.goneOnCount++
  }

  /** What the side that began a connection sent, and the other, which may have taken part in it. */
  #seeAnswer(began: number, other: number): void {
    if ((began & TcpSeen.syn) === 0 || (other & TcpSeen.syn) !== 0) return
    if ((other & (TcpSeen.ack | TcpSeen.data | TcpSeen.fin)) === 0 || (other & TcpSeen.rst) !== 0) return
    if ((other & TcpSeen.synAck) === 0) this.missedAnswerCount++
    else this.seenAnswerCount++
  }

  #saw(sender: number, receiver: number, seconds: number): void {
    const { seen } = this.#hosts
    seen[sender] = seen[sender]! | HostSeen.sent
    seen[receiver] = seen[receiver]! | HostSeen.received
    if (seconds > this.lastHeard[receiver]!) this.lastHeard[receiver] = seconds
  }

  /** An advertisement is a row from its sender to the address it tells of, so it may not meet its solicitation's row. */
  #advertised(evidence: number, a: number, b: number): void {
    const { seen } = this.#hosts
    if ((evidence & LinkSeen.reply) !== 0) seen[b] = seen[b]! | HostSeen.advertised
    if ((evidence & (LinkSeen.reply << 16)) !== 0) seen[a] = seen[a]! | HostSeen.advertised
  }

  #add(source: number, target: number, kindAndPort: number, bits: number, row: number): void {
    const at = this.count++ * ATTEMPT_WORDS
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
  }
}

/** A group, or the last address of a network of 256, which is its broadcast address unless the network is larger. */
function isGroup(address: number, key: number, seen: number): boolean {
  const mayBe = (key & KeyBits.ipv6) !== 0 || (address & 0xff) === 0xff || address >>> 28 === 14
  return mayBe && ((seen & HostSeen.group) !== 0 || (key & KeyBits.ipv6) === 0)
}

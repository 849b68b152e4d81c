/**
 * Peers that a source knows already: what it asks of them is no first contact, and only first contacts tell a scanner (Jung et al.
 * 2004). Nodes of a cluster call each other on one number by UDP and by TCP (Serf, devp2p), those of its list that have left too, each
 * session of BFD sends to the same port of the other side (RFC 5881 section 4), and whoever has asked by UDP is answered at the port that it asked from, from
 * whichever port (TFTP: RFC 1350 section 4).
 */

import { KeyBits, Row, StateBits } from '../../aggregate/conversation-row.ts'
import { FlowRole } from '../../decode/flow-batch.ts'
import { countDistinct, filterAttempts, forEachGroup } from '../attempt-groups.ts'
import { MARKED } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { ProbeKind } from '../probe-kind.ts'
import { optionCount, SYSTEM_OPTIONS_MIN } from '../probe-marks.ts'
import { AttemptBits } from '../record-probe.ts'
import type { RecordsOfHosts } from '../records-of-hosts.ts'
import { concatAttempts } from '../typed-concat.ts'
import { isUse } from './probe-or-use.ts'
import { EPHEMERAL_PORT_MIN } from './reply-stream.ts'

const UDP = 17

/** The attempts of one source, `own`, without those on peers it knows; `received` are those of others on it. */
export function withoutKnownPeers(
  table: AttemptTable,
  own: Int32Array,
  received: Int32Array,
  records: RecordsOfHosts,
): Int32Array {
  const answered = peersAnswered(table, own)
  const came = filterAttempts(received, (attempt) => table.kind(attempt) === ProbeKind.udp)
  if (answered.length === 0 && came.length === 0) return own
  const unused = filterAttempts(own, (attempt) => mayBeKnown(table, attempt))
  if (unused.length === 0) return own
  const source = table.source(own[0]!)
  const askers = came.length === 0 ? new Float64Array(0) : askersOf(table, source, records)
  const found: number[] = []
  const clusters = clusterPorts(table, answered)
  for (const attempt of unused) {
    const isOfCluster = table.kind(attempt) === ProbeKind.tcpSyn && clusters.has(table.port(attempt))
    if (isOfCluster || (table.kind(attempt) === ProbeKind.udp && hasAsked(askers, table, attempt)))
      found.push(attempt)
  }
  const isOwn = (attempt: number): boolean => table.source(attempt) === source
  const peerOf = (attempt: number): number => (isOwn(attempt) ? table.target(attempt) : table.source(attempt))
  forEachGroup(concatAttempts([unused, answered, came]), peerOf, 2, (ofPeer) => {
    const portOf = (attempt: number): number => table.port(attempt)
    forEachGroup(ofPeer, portOf, 2, (members) => {
      for (const attempt of members)
        if (members.some((other) => makesKnown(other, attempt))) found.push(attempt)
    })
  })
  if (found.length === 0) return own
  const known = new NumberSet(Int32Array.from(found))
  return filterAttempts(own, (attempt) => !known.has(attempt))

  /** `other`, on the same port number between the same two, says that `attempt` is no first contact. */
  function makesKnown(other: number, attempt: number): boolean {
    if (!isOwn(attempt) || table.kind(other) !== ProbeKind.udp || !mayBeKnown(table, attempt)) return false
    return isOwn(other)
      ? table.kind(attempt) === ProbeKind.tcpSyn &&
          table.isServed(other) &&
          table.time(other) <= table.time(attempt)
      : table.kind(attempt) === ProbeKind.udp
  }
}

/** A program's datagram, or a SYN of a system's own TCP, that led to no use. */
function mayBeKnown(table: AttemptTable, attempt: number): boolean {
  const kind = table.kind(attempt)
  if ((table.bits(attempt) & (MARKED | AttemptBits.inferred)) !== 0 || isUse(table, attempt)) return false
  return (
    kind === ProbeKind.udp ||
    (kind === ProbeKind.tcpSyn &&
      table.isFailed(attempt) &&
      optionCount(table.firstWord(attempt, Row.firstTcpOptions)) >= SYSTEM_OPTIONS_MIN)
  )
}

/**
 * Datagrams that were answered to ports that no scanner sends from: the source serves there itself, or each question has a port of its
 * own, as those of programs do (RFC 6056; two of three, as ports repeat by chance): resolvers ask again by TCP (RFC 7766 section 5).
 */
function peersAnswered(table: AttemptTable, own: Int32Array): Int32Array {
  const answered = filterAttempts(
    own,
    (attempt) => table.kind(attempt) === ProbeKind.udp && table.isServed(attempt),
  )
  const portCount = countDistinct(answered, (attempt) => table.sourcePort(attempt))
  if (answered.length >= MEMBERS_MIN && 3 * portCount >= 2 * answered.length) return answered
  return filterAttempts(answered, (attempt) => table.sourcePort(attempt) < EPHEMERAL_PORT_MIN)
}

/** Members of a cluster that answer: fewer might have been found by chance, more take small clusters for scans. */
const MEMBERS_MIN = 3
/** Nodes of a cluster run without privilege; below, whoever asks from a service's own port may have forged it. */
const MEMBER_PORT_MIN = 1024

/** Ports from which the source asks others on the same port, and is answered: a member, who has a list of the others. */
function clusterPorts(table: AttemptTable, answered: Int32Array): NumberSet {
  const equals = filterAttempts(
    answered,
    (attempt) => table.sourcePort(attempt) === table.port(attempt) && table.port(attempt) >= MEMBER_PORT_MIN,
  )
  const ports: number[] = []
  forEachGroup(
    equals,
    (attempt) => table.port(attempt),
    MEMBERS_MIN,
    (_, port) => ports.push(port),
  )
  return new NumberSet(Int32Array.from(ports))
}

/** Who has sent a datagram to the host unasked, and from which port, as `host * 65536 + port`, ascending. */
function askersOf(table: AttemptTable, host: number, records: RecordsOfHosts): Float64Array {
  const { conversations } = table.evidence
  const rows = records.of(host)
  const askers = new Float64Array(rows.length)
  let count = 0
  for (const row of rows) {
    const words = conversations.slab(row)
    const at = conversations.at(row)
    const key = words[at + Row.key]!
    if ((key & KeyBits.ipProtocolMask) !== UDP || (key & KeyBits.hasPorts) === 0) continue
    if (((key >>> KeyBits.roleShift) & KeyBits.roleMask) !== FlowRole.packet) continue
    const isB = (words[at + Row.state]! & StateBits.originatorIsB) !== 0
    const asker = isB ? table.hostB[row]! : table.hostA[row]!
    const ports = words[at + Row.ports]!
    if (asker !== host) askers[count++] = asker * 65_536 + (isB ? ports & 0xffff : ports >>> 16)
  }
  return askers.subarray(0, count).sort()
}

/** The target of the attempt has asked its source from the port that the attempt went to. */
function hasAsked(askers: Float64Array, table: AttemptTable, attempt: number): boolean {
  const wanted = table.target(attempt) * 65_536 + table.port(attempt)
  let low = 0
  let high = askers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (askers[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return askers[low] === wanted
}

/**
 * Sessions that were under way when the capture began, and that broke: the client dials the same ports of the same hosts again, which
 * are down. A connection whose beginning was captured says by itself that its port was in use; of these only their segments do.
 */

import { KeyBits, Row, StateBits, TcpSeen } from '../../aggregate/conversation-row.ts'
import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import type { RecordsOfHosts } from '../records-of-hosts.ts'
import { isUse } from './probe-or-use.ts'

const TCP = 6
const PORTS = 65_536

/** The attempts of one source, `own`, without SYNs to a port of a host with which it had been talking. */
export function withoutBrokenSessions(
  table: AttemptTable,
  own: Int32Array,
  records: RecordsOfHosts,
): Int32Array {
  const dialled = filterAttempts(
    own,
    (attempt) => table.kind(attempt) === ProbeKind.tcpSyn && !isUse(table, attempt),
  )
  if (dialled.length === 0) return own
  const serviceOf = (attempt: number): number => table.target(attempt) * PORTS + table.port(attempt)
  const services = Float64Array.from(dialled, serviceOf).sort()
  const since = new Float64Array(services.length).fill(Infinity)
  const source = table.source(own[0]!)
  for (const row of records.of(source)) {
    const place = placeOf(services, serviceOfSession(table, row, source))
    if (place !== -1) since[place] = Math.min(since[place]!, table.firstSeconds(row))
  }
  const isBroken = (attempt: number): boolean => {
    const place = placeOf(services, serviceOf(attempt))
    return place !== -1 && since[place]! <= table.time(attempt)
  }
  if (since.every((seconds) => seconds === Infinity)) return own
  return filterAttempts(own, (attempt) => table.kind(attempt) !== ProbeKind.tcpSyn || !isBroken(attempt))
}

/** `host * 65536 + port` of the other end, -1 where the record is no session that was under way. Who began it is not known. */
function serviceOfSession(table: AttemptTable, row: number, host: number): number {
  const { conversations } = table.evidence
  const words = conversations.slab(row)
  const at = conversations.at(row)
  if (!isUnderWay(words, at)) return -1
  const ports = words[at + Row.ports]!
  return table.hostA[row] === host
    ? table.hostB[row]! * PORTS + (ports & 0xffff)
    : table.hostA[row]! * PORTS + (ports >>> 16)
}

/** Data one way at least and an acknowledgment or data the other way, of a connection whose SYN came before the capture. */
function isUnderWay(words: Int32Array, at: number): boolean {
  if ((words[at + Row.key]! & KeyBits.ipProtocolMask) !== TCP) return false
  if ((words[at + Row.state]! & (StateBits.startsWithSyn | StateBits.startsWithSynAck)) !== 0) return false
  const seen = words[at + Row.evidence]!
  const [ofA, ofB] = [seen & 0xffff, seen >>> 16]
  const talks = TcpSeen.ack | TcpSeen.data
  return (ofA & talks) !== 0 && (ofB & talks) !== 0 && ((ofA | ofB) & TcpSeen.data) !== 0
}

/** Place of the number among `sorted`, ascending and distinct; -1 for none. */
function placeOf(sorted: Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted ? low : -1
}

/** Marks that tools leave on their TCP probes, and systems never: known from the tools' own sources. */

import { KeyBits, Row } from '../aggregate/conversation-row.ts'
import { MARKED } from './attempt-row.ts'
import type { AttemptTable } from './attempt-table.ts'
import { ProbeKind } from './probe-kind.ts'
import { AttemptBits } from './record-probe.ts'

/** ZMap's fixed IP id. */
const ZMAP_IP_ID = 54_321

/** Kinds of options in the SYN of every system's own TCP: segment size, and window scale, SACK or time stamps. */
export const SYSTEM_OPTIONS_MIN = 2

export function ipIdOf(table: AttemptTable, attempt: number): number {
  return table.firstWord(attempt, Row.firstWindowAndIpId) & 0xffff
}

export function windowOf(table: AttemptTable, attempt: number): number {
  return table.firstWord(attempt, Row.firstWindowAndIpId) >>> 16
}

function sequenceOf(table: AttemptTable, attempt: number): number {
  const isA = table.hostA[table.firstRow(attempt)] === table.source(attempt)
  return table.firstWord(attempt, isA ? Row.baseSequenceA : Row.baseSequenceB)
}

function isIpv4Syn(table: AttemptTable, attempt: number): boolean {
  return table.hosts.isIpv6[table.target(attempt)] === 0 && table.kind(attempt) === ProbeKind.tcpSyn
}

/** Mirai's sequence number is the address of its target. */
export function isMirai(table: AttemptTable, attempt: number): boolean {
  return (
    isIpv4Syn(table, attempt) && sequenceOf(table, attempt) === table.hosts.addressOf[table.target(attempt)]!
  )
}

export function isZmap(table: AttemptTable, attempt: number): boolean {
  return ipIdOf(table, attempt) === ZMAP_IP_ID
}

/** Masscan's IP id is made of target, port and sequence number; older and newer ones fold them differently. */
export function isMasscan(table: AttemptTable, attempt: number): boolean {
  if (!isIpv4Syn(table, attempt)) return false
  const address = table.hosts.addressOf[table.target(attempt)]!
  return isMasscanId(ipIdOf(table, attempt), address, table.port(attempt), sequenceOf(table, attempt))
}

function isMasscanId(id: number, address: number, port: number, sequence: number): boolean {
  const mixed = address ^ port ^ sequence
  return id === (mixed & 0xffff) || id === (((mixed >>> 16) ^ mixed) & 0xffff)
}

/**
 * The record's first packet, a SYN or a datagram of the given kind to `port`, bears a mark. `isFromA`: A sent it. Asked once
 * of each record, while it is read: so what it needs of the target it takes from there.
 */
export function isMarked(
  words: Int32Array,
  at: number,
  kind: number,
  isFromA: boolean,
  port: number,
): boolean {
  if (kind !== ProbeKind.tcpSyn && kind !== ProbeKind.udp) return false
  const id = words[at + Row.firstWindowAndIpId]! & 0xffff
  if (id === ZMAP_IP_ID) return true
  if (kind === ProbeKind.udp || (words[at + Row.key]! & KeyBits.ipv6) !== 0) return false
  const address = words[at + (isFromA ? Row.addressB : Row.addressA)]!
  const sequence = words[at + (isFromA ? Row.baseSequenceA : Row.baseSequenceB)]!
  return sequence === address || isMasscanId(id, address, port, sequence)
}

/**
 * A SYN that no TCP sent, or a datagram that no program did: it bears a tool's mark, or its own system, which knew nothing of it,
 * refused what came back: the SYN+ACK to a SYN of at most one option, or the only answer to a datagram. A mark may be chance in one
 * of 65,536 packets: rules count many.
 */
export function isMarkedProbe(table: AttemptTable, attempt: number): boolean {
  const bits = table.bits(attempt)
  if ((bits & AttemptBits.inferred) !== 0) return false
  if ((bits & MARKED) !== 0) return true
  if ((bits & AttemptBits.halfOpen) === 0) return false
  const kind = table.kind(attempt)
  return (
    // A program that got its answers elsewhere, and closed before a late one, has used the service.
    (kind === ProbeKind.udp && (bits & AttemptBits.served) === 0) ||
    (kind === ProbeKind.tcpSyn &&
      optionCount(table.firstWord(attempt, Row.firstTcpOptions)) < SYSTEM_OPTIONS_MIN)
  )
}

/** Options in a word of four bits each; padding (kinds 0 and 1) left out. */
export function optionCount(options: number): number {
  let count = 0
  for (let left = options; left !== 0; left >>>= 4) if ((left & 15) > 1) count++
  return count
}

/** ICMPv6, RFC 4443 section 2.1. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { readQuote } from './icmp-quote.ts'
import { NEIGHBOR_ADVERTISEMENT, NEIGHBOR_SOLICITATION, readNeighborMessage } from './neighbor-discovery.ts'

const TYPE = 0
const CODE = 1
/** Type, code, checksum, and four bytes whose meaning depends on the type. */
const HEADER_LENGTH = 8

/**
 * Type and code, from two captured bytes. Errors also give a row for the packet they quote, neighbour discovery one for
 * who looks for whom. Nothing follows.
 */
export function decodeIcmpv6(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  flows.path[row] = packet.path
  if (available < HEADER_LENGTH) packet.issue(DecodeIssue['truncated-transport-header'])
  if (available <= CODE) return 0
  const type = bytes[offset + TYPE]!
  const code = bytes[offset + CODE]!
  flows.icmpType[row] = type
  flows.icmpCode[row] = code
  if (available < HEADER_LENGTH) return 0
  setPayload(packet, HEADER_LENGTH)
  if (isError(type)) readQuote(packet, packet.offset, type, code)
  else if (type === NEIGHBOR_SOLICITATION || type === NEIGHBOR_ADVERTISEMENT) {
    readNeighborMessage(packet, row, packet.offset, type)
  }
  return 0
}

/** Destination unreachable, packet too big, time exceeded, parameter problem. */
function isError(type: number): boolean {
  return type >= 1 && type <= 4
}

/** ICMPv6, RFC 4443. */

import type { Packet } from '../packet.ts'
import { readIcmpHeader } from './icmp-header.ts'
import { readQuote } from './icmp-quote.ts'
import { NEIGHBOR_ADVERTISEMENT, NEIGHBOR_SOLICITATION, readNeighborMessage } from './neighbor-discovery.ts'

/**
 * Type and code. Errors also give a row for the packet they quote, neighbour discovery one for who looks for whom.
 * Nothing follows.
 */
export function decodeIcmpv6(packet: Packet): number {
  const { flows, flow: row } = packet
  const type = readIcmpHeader(packet)
  if (isError(type)) readQuote(packet, packet.offset, type, flows.icmpCode[row]!)
  else if (type === NEIGHBOR_SOLICITATION || type === NEIGHBOR_ADVERTISEMENT) {
    readNeighborMessage(packet, row, packet.offset, type)
  }
  return 0
}

/** Destination unreachable, packet too big, time exceeded, parameter problem. */
function isError(type: number): boolean {
  return type >= 1 && type <= 4
}

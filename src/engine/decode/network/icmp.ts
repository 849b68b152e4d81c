/** ICMP, RFC 792. */

import type { Packet } from '../packet.ts'
import { readIcmpHeader } from './icmp-header.ts'
import { readQuote } from './icmp-quote.ts'

/** Type and code. Errors also give a row for the packet they quote. Nothing follows. */
export function decodeIcmp(packet: Packet): number {
  const { flows, flow: row } = packet
  const type = readIcmpHeader(packet)
  if (isError(type)) readQuote(packet, packet.offset, type, flows.icmpCode[row]!)
  return 0
}

/** Destination unreachable, source quench, redirect, time exceeded, parameter problem. */
function isError(type: number): boolean {
  return type === 3 || type === 4 || type === 5 || type === 11 || type === 12
}

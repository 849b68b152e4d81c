/** ICMP, RFC 792. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { readQuote } from './icmp-quote.ts'

const TYPE = 0
const CODE = 1
const HEADER_LENGTH = 8

/** Type and code, from two captured bytes. Errors also give a row for the packet they quote. Nothing follows. */
export function decodeIcmp(packet: Packet): number {
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
  return 0
}

/** Destination unreachable, source quench, redirect, time exceeded, parameter problem. */
function isError(type: number): boolean {
  return type === 3 || type === 4 || type === 5 || type === 11 || type === 12
}

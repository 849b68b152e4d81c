/** ICMP, RFC 792. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'

const HEADER_LENGTH = 8

/** Type and code. Errors also give a row for the packet they quote. */
export function decodeIcmp(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  flows.path[row] = packet.path
  if (packet.end - offset < HEADER_LENGTH) packet.issue(DecodeIssue['truncated-transport-header'])
  if (packet.end - offset < 2) return 0
  flows.icmpType[row] = bytes[offset]!
  flows.icmpCode[row] = bytes[offset + 1]!
  return 0
}

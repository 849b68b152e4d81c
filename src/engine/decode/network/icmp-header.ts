/** The header that ICMP and ICMPv6 share: type, code, checksum, and four bytes of the type's own. RFC 792, RFC 4443 section 2.1. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'

const TYPE = 0
const CODE = 1
const HEADER_LENGTH = 8

/** Type and code into the row of the packet, from two captured bytes. Returns the type; -1 without a whole header. */
export function readIcmpHeader(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  flows.path[row] = packet.path
  if (available < HEADER_LENGTH) packet.issue(DecodeIssue['truncated-transport-header'])
  if (available <= CODE) return -1
  flows.icmpType[row] = bytes[offset + TYPE]!
  flows.icmpCode[row] = bytes[offset + CODE]!
  if (available < HEADER_LENGTH) return -1
  setPayload(packet, HEADER_LENGTH)
  return flows.icmpType[row]
}

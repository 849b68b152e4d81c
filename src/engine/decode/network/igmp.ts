/** IGMP, RFC 3376 section 4 and its two predecessors: eight bytes at least, the first of which is the type. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'

const TYPE = 0
const HEADER_LENGTH = 8

export function decodeIgmp(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  flows.path[row] = packet.path
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue[packet.missing > 0 ? 'truncated-transport-header' : 'bad-igmp'])
  }
  if (available === 0) return 0
  flows.icmpType[row] = bytes[offset + TYPE]!
  if (available >= HEADER_LENGTH) setPayload(packet, HEADER_LENGTH)
  return 0
}

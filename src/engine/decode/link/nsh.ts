/** Network Service Header, RFC 8300 section 2: a path through middle boxes between a link and the packet. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const LENGTH = 1
const NEXT_PROTOCOL = 3
const HEADER_LENGTH_MIN = 8
const LENGTH_WORDS = 0x3f

export function decodeNsh(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  const length =
    available < HEADER_LENGTH_MIN ? HEADER_LENGTH_MIN : (bytes[offset + LENGTH]! & LENGTH_WORDS) * 4
  if (length < HEADER_LENGTH_MIN || length > available) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  if (packet.offset === packet.end) return 0
  switch (bytes[offset + NEXT_PROTOCOL]) {
    case 1:
      return Protocol.ip
    case 2:
      return Protocol.ipv6
    case 3:
      return Protocol.eth
    case 4:
      return Protocol.nsh
    case 5:
      return Protocol.mpls
    default:
      return Protocol.data
  }
}

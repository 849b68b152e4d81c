/** VXLAN, RFC 7348 section 5, and its extension for other payloads (draft-ietf-nvo3-vxlan-gpe-12). */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const FLAGS = 0
const NEXT_PROTOCOL = 3
const RESERVED = 7
const HEADER_LENGTH = 8

const FLAG_IDENTIFIER_VALID = 0x08
const FLAG_NEXT_PROTOCOL = 0x04
const VERSION = 0x30

/** Whether a VXLAN header stands at `packet.offset`: identifier valid, version and reserved bits zero. */
export function isVxlan(packet: Packet): boolean {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) return false
  const flags = bytes[offset + FLAGS]! & (FLAG_IDENTIFIER_VALID | VERSION)
  return flags === FLAG_IDENTIFIER_VALID && bytes[offset + RESERVED] === 0
}

export function decodeVxlan(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  if (packet.offset === packet.end) return 0
  if ((bytes[offset + FLAGS]! & FLAG_NEXT_PROTOCOL) === 0) return Protocol.eth
  switch (bytes[offset + NEXT_PROTOCOL]) {
    case 1:
      return Protocol.ip
    case 2:
      return Protocol.ipv6
    case 3:
      return Protocol.eth
    case 4:
      return Protocol.nsh
    default:
      return Protocol.data
  }
}

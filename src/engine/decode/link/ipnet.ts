/** Solaris's IP observability header (LINKTYPE_IPNET, tcpdump.org/linktypes): 24 bytes that name the address family. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const FAMILY = 1
const HEADER_LENGTH = 24
/** AF_INET and AF_INET6 of Solaris. */
const FAMILY_INET = 2
const FAMILY_INET6 = 26

export function decodeIpnet(packet: Packet): number {
  const { bytes, offset: start, end } = packet
  if (end - start < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = start + HEADER_LENGTH
  const family = bytes[start + FAMILY]!
  if (family === FAMILY_INET) return Protocol.ip
  return family === FAMILY_INET6 ? Protocol.ipv6 : Protocol.data
}

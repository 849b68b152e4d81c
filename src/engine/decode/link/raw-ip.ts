/** Raw IP: no link header, the version field of the first byte tells IPv4 from IPv6 (LINKTYPE_RAW). */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

export function decodeRawIp(packet: Packet): number {
  if (packet.offset === packet.end) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  switch (packet.bytes[packet.offset]! >> 4) {
    case 4:
      return Protocol.ip
    case 6:
      return Protocol.ipv6
    default:
      packet.issue(DecodeIssue['bad-ip-version'])
      return Protocol.data
  }
}

/** EtherIP, RFC 3378 section 3: version 3 in two bytes, then an Ethernet frame. */

import { DecodeIssue } from '../decode-issue.ts'
import { enterTunnel } from '../network/ip-protocol.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const HEADER_LENGTH = 2
const VERSION = 3

export function decodeEtherIp(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  flows.path[row] = packet.path
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  // Some systems have the version in the other half of the byte, as the RFC's first readers understood it.
  const version = bytes[offset]!
  if (version >> 4 !== VERSION && (version & 15) !== VERSION) return 0
  enterTunnel(packet, Protocol.etherip)
  return Protocol.eth
}

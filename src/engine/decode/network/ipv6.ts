/** IPv6 header, RFC 8200 section 3. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FlowRole } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'
import { followIpProtocol } from './ip-protocol.ts'
import { jumboPayloadLength } from './ipv6-extension.ts'

const PAYLOAD_LENGTH = 4
const NEXT_HEADER = 6
const HOP_LIMIT = 7
const SRC = 8
const DST = 24
export const IPV6_HEADER_LENGTH = 40

const NO_NEXT_HEADER = 59

/** Begins a row. A payload length that the carrier cannot hold is an issue, and decoding goes on with what is there. */
export function decodeIpv6(packet: Packet): number {
  const bytes = packet.bytes
  const start = packet.offset
  if (packet.end - start < IPV6_HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  if (bytes[start]! >> 4 !== 6) {
    packet.issue(DecodeIssue['bad-ip-version'])
    return 0
  }
  const src = packet.addresses.intern(bytes, start + SRC)
  const dst = packet.addresses.intern(bytes, start + DST)
  if (src === -1 || dst === -1) {
    packet.issue(DecodeIssue['address-table-full'])
    return 0
  }
  const row = packet.beginFlow(FlowRole.packet, 6, src, dst)
  if (row === -1) {
    packet.issue(DecodeIssue['too-many-layers'])
    return 0
  }
  packet.flow = row
  const flows = packet.flows
  const nextHeader = bytes[start + NEXT_HEADER]!
  flows.ipProtocol[row] = nextHeader
  flows.timeToLive[row] = bytes[start + HOP_LIMIT]!
  flows.path[row] = packet.path

  packet.offset = start + IPV6_HEADER_LENGTH
  const payloadLength =
    readU16(bytes, start + PAYLOAD_LENGTH) || jumboPayloadLength(packet, packet.offset, nextHeader)
  if (payloadLength !== 0 || nextHeader === NO_NEXT_HEADER) {
    if (!packet.limit(payloadLength)) packet.issue(DecodeIssue['bad-ipv6-payload-length'])
  } else {
    // Without a jumbo payload option: segmentation offload caught before the card.
    packet.issue(DecodeIssue['ip-total-length-zero'])
  }
  return followIpProtocol(packet, nextHeader)
}

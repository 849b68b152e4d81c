/** The packet that an ICMP error quotes (RFC 792, RFC 4443 section 2.4): evidence about an earlier packet. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FlowRole, FragmentPart } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'
import { IPV4_HEADER_LENGTH_MIN } from './ipv4.ts'
import { IPV6_HEADER_LENGTH } from './ipv6.ts'

/** Extension headers skipped to find the ports of a quoted IPv6 packet. */
const QUOTED_EXTENSION_COUNT_MAX = 8

const TCP = 6
const TCP_FLAGS = 13

/**
 * Begin a row of role `quoted` for the IP header at `at`, with ports when at least four bytes of the transport header
 * are quoted. Type and code are the error's, all else is the original packet's. The path does not change, although
 * tshark nests the quoted protocols: they did not travel.
 */
export function readQuote(packet: Packet, at: number, icmpType: number, icmpCode: number): void {
  const available = packet.end - at
  const version = available > 0 ? packet.bytes[at]! >> 4 : 0
  let row = -1
  if (version === 4 && available >= IPV4_HEADER_LENGTH_MIN) row = beginIpv4(packet, at)
  else if (version === 6 && available >= IPV6_HEADER_LENGTH) row = beginIpv6(packet, at)
  else packet.issue(DecodeIssue[packet.missing > 0 ? 'truncated-transport-header' : 'bad-icmp-quote'])
  if (row === -1) return
  packet.flows.icmpType[row] = icmpType
  packet.flows.icmpCode[row] = icmpCode
  packet.flows.path[row] = packet.path
}

function begin(packet: Packet, ipVersion: number, src: number, dst: number): number {
  const row = packet.beginFlow(FlowRole.quoted, ipVersion, src, dst)
  if (row === -1) packet.issue(DecodeIssue['too-many-layers'])
  return row
}

function beginIpv4(packet: Packet, at: number): number {
  const { bytes, flows } = packet
  const headerLength = (bytes[at]! & 15) * 4
  if (headerLength < IPV4_HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['bad-icmp-quote'])
    return -1
  }
  const row = begin(packet, 4, readI32(bytes, at + 12), readI32(bytes, at + 16))
  if (row === -1) return -1
  flows.ipId[row] = readU16(bytes, at + 4)
  flows.timeToLive[row] = bytes[at + 8]!
  flows.ipProtocol[row] = bytes[at + 9]!
  const fragment = readU16(bytes, at + 6)
  if ((fragment & 0x1fff) !== 0) {
    flows.fragment[row] = FragmentPart.later
    return row
  }
  if ((fragment & 0x2000) !== 0) flows.fragment[row] = FragmentPart.first
  readPorts(packet, row, at + headerLength)
  return row
}

function beginIpv6(packet: Packet, start: number): number {
  const { bytes, flows, end } = packet
  const src = packet.addresses.intern(bytes, start + 8)
  const dst = packet.addresses.intern(bytes, start + 24)
  if (src === -1 || dst === -1) {
    packet.issue(DecodeIssue['address-table-full'])
    return -1
  }
  const row = begin(packet, 6, src, dst)
  if (row === -1) return -1
  flows.timeToLive[row] = bytes[start + 7]!
  let nextHeader = bytes[start + 6]!
  let at = start + IPV6_HEADER_LENGTH
  for (let count = 0; count < QUOTED_EXTENSION_COUNT_MAX; count++) {
    const length = end - at < 8 ? 0 : extensionLength(nextHeader, bytes[at + 1]!)
    if (length === 0) break
    if (nextHeader === 44) {
      flows.ipId[row] = readI32(bytes, at + 4)
      const fragment = readU16(bytes, at + 2)
      if (fragment >> 3 !== 0) {
        flows.fragment[row] = FragmentPart.later
        flows.ipProtocol[row] = bytes[at]!
        return row
      }
      if ((fragment & 1) !== 0) flows.fragment[row] = FragmentPart.first
    }
    nextHeader = bytes[at]!
    at += length
  }
  flows.ipProtocol[row] = nextHeader
  readPorts(packet, row, at)
  return row
}

/** Bytes of the extension header `nextHeader`, whose own length field is `length`; 0 for an upper layer. */
function extensionLength(nextHeader: number, length: number): number {
  switch (nextHeader) {
    case 0:
    case 43:
    case 60:
    case 140:
      return (length + 1) * 8
    case 44:
      return 8
    case 51:
      return (length + 2) * 4
    default:
      return 0
  }
}

function readPorts(packet: Packet, row: number, at: number): void {
  const { bytes, flows } = packet
  const available = packet.end - at
  if (available < 4 || !hasPorts(flows.ipProtocol[row]!)) return
  flows.srcPort[row] = readU16(bytes, at)
  flows.dstPort[row] = readU16(bytes, at + 2)
  if (flows.ipProtocol[row] !== TCP) return
  if (available >= 8) flows.sequence[row] = readI32(bytes, at + 4)
  if (available > TCP_FLAGS) flows.tcpFlags[row] = bytes[at + TCP_FLAGS]!
}

/** TCP, UDP, DCCP, SCTP and UDP-Lite begin with source and destination port. */
export function hasPorts(ipProtocol: number): boolean {
  return (
    ipProtocol === TCP || ipProtocol === 17 || ipProtocol === 33 || ipProtocol === 132 || ipProtocol === 136
  )
}

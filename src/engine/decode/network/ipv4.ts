/** IPv4 header, RFC 791 section 3.1; total length 0 is a host's segmentation offload caught before the card. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FlowRole } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { beginFragment } from './fragment.ts'
import { followIpProtocol } from './ip-protocol.ts'

const TOTAL_LENGTH = 2
const IDENTIFICATION = 4
const FRAGMENT = 6
const TIME_TO_LIVE = 8
const IP_PROTOCOL = 9
const SRC = 12
const DST = 16
export const IPV4_HEADER_LENGTH_MIN = 20

const MORE_FRAGMENTS = 0x2000
const FRAGMENT_OFFSET = 0x1fff

const OPTION_END = 0
const OPTION_NOP = 1

const { ipv6, data } = Protocol

/**
 * Begins a row. A header that contradicts itself still gives its addresses when its 20 bytes are there, and ends the
 * decoding; a total length that the carrier cannot hold is an issue, and decoding goes on with what is there.
 */
export function decodeIpv4(packet: Packet): number {
  const bytes = packet.bytes
  const start = packet.offset
  if (packet.end - start < IPV4_HEADER_LENGTH_MIN || bytes[start]! >> 4 !== 4) return refuse(packet)

  const row = packet.beginFlow(FlowRole.packet, 4, readI32(bytes, start + SRC), readI32(bytes, start + DST))
  if (row === -1) {
    packet.issue(DecodeIssue['too-many-layers'])
    return 0
  }
  packet.flow = row
  const flows = packet.flows
  const ipProtocol = bytes[start + IP_PROTOCOL]!
  flows.ipProtocol[row] = ipProtocol
  flows.timeToLive[row] = bytes[start + TIME_TO_LIVE]!
  flows.ipId[row] = readU16(bytes, start + IDENTIFICATION)
  flows.path[row] = packet.path

  const headerLength = (bytes[start]! & 15) * 4
  const totalLength = readU16(bytes, start + TOTAL_LENGTH)
  const isPlausible = totalLength >= headerLength && headerLength >= IPV4_HEADER_LENGTH_MIN
  const fits = isPlausible && packet.limit(totalLength)
  if (!fits && !canGoOn(packet, headerLength, totalLength)) return 0
  if (headerLength !== IPV4_HEADER_LENGTH_MIN && !walkOptions(packet, headerLength)) return 0
  packet.offset = start + headerLength

  const fragment = readU16(bytes, start + FRAGMENT)
  if ((fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) === 0) return followIpProtocol(packet, ipProtocol)
  const isLast = (fragment & MORE_FRAGMENTS) === 0
  const isFirst = beginFragment(packet, ipProtocol, fragment & FRAGMENT_OFFSET, isLast)
  // Of a fragment that says it is longer than its frame, nobody knows what it holds.
  if (!fits) flows.fragmentLength[row] = 0
  if (isFirst) return followIpProtocol(packet, ipProtocol)
  return packet.offset < packet.end ? data : 0
}

function refuse(packet: Packet): number {
  if (packet.end - packet.offset < IPV4_HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  packet.issue(DecodeIssue['bad-ip-version'])
  // Link layers that name IPv4 for both versions exist; tshark follows them too.
  return packet.bytes[packet.offset]! >> 4 === 6 ? ipv6 : 0
}

/** Names what is wrong with the lengths. Only the total length may be wrong: then the carrier's holds. */
function canGoOn(packet: Packet, headerLength: number, totalLength: number): boolean {
  if (headerLength < IPV4_HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['bad-ip-header-length'])
    return false
  }
  packet.issue(DecodeIssue[totalLength === 0 ? 'ip-total-length-zero' : 'bad-ip-total-length'])
  return totalLength === 0 || totalLength >= headerLength
}

/** Options, RFC 791 section 3.1: each but the two of one byte says its length. False when the capture ends in them. */
function walkOptions(packet: Packet, headerLength: number): boolean {
  const { bytes, offset: start } = packet
  const optionsEnd = start + headerLength
  if (optionsEnd > packet.end) {
    packet.issue(
      packet.missing > 0 ? DecodeIssue['truncated-network-header'] : DecodeIssue['bad-ip-header-length'],
    )
    return false
  }
  let at = start + IPV4_HEADER_LENGTH_MIN
  while (at < optionsEnd) {
    const kind = bytes[at]!
    if (kind === OPTION_END) return true
    if (kind === OPTION_NOP) {
      at++
      continue
    }
    const length = at + 1 < optionsEnd ? bytes[at + 1]! : 0
    if (length < 2 || at + length > optionsEnd) {
      packet.issue(DecodeIssue['bad-ip-option'])
      return true
    }
    at += length
  }
  return true
}

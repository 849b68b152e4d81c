/** IPv6 neighbour discovery, RFC 4861 sections 4.3, 4.4 and 4.6.1: who looks for whom, and who answers. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FlowRole } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'

export const NEIGHBOR_SOLICITATION = 135
export const NEIGHBOR_ADVERTISEMENT = 136

const TARGET_LENGTH = 16
const OPTION_UNIT = 8
const OPTION_SOURCE_LINK_ADDRESS = 1
const OPTION_TARGET_LINK_ADDRESS = 2

/**
 * Begin a row of role `neighbor` for the solicitation or advertisement in the packet of `carrier`: src is the packet's
 * source (the unspecified address while an address is tested for duplicates), dst the target at `targetAt`. The
 * hardware address is the sender's link-layer option, 0 when there is none.
 */
export function readNeighborMessage(packet: Packet, carrier: number, targetAt: number, type: number): void {
  const { bytes, flows } = packet
  if (packet.end - targetAt < TARGET_LENGTH) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return
  }
  const target = packet.addresses.intern(bytes, targetAt)
  if (target === -1) {
    packet.issue(DecodeIssue['address-table-full'])
    return
  }
  // Neighbour discovery inside IPv4 is nonsense, and its source would be read as an IPv6 address's number.
  if (flows.ipVersion[carrier] !== 6) return
  const row = packet.beginFlow(FlowRole.neighbor, 6, flows.src[carrier]!, target)
  if (row === -1) {
    packet.issue(DecodeIssue['too-many-layers'])
    return
  }
  flows.path[row] = packet.path
  flows.ipProtocol[row] = flows.ipProtocol[carrier]!
  flows.timeToLive[row] = flows.timeToLive[carrier]!
  flows.icmpType[row] = type
  const wanted = type === NEIGHBOR_SOLICITATION ? OPTION_SOURCE_LINK_ADDRESS : OPTION_TARGET_LINK_ADDRESS
  readLinkAddress(packet, row, targetAt + TARGET_LENGTH, wanted)
}

function readLinkAddress(packet: Packet, row: number, start: number, wanted: number): void {
  const { bytes, end, flows } = packet
  let at = start
  while (end - at >= OPTION_UNIT) {
    const length = bytes[at + 1]! * OPTION_UNIT
    if (length === 0 || length > end - at + packet.missing) {
      packet.issue(DecodeIssue['bad-nd-option'])
      return
    }
    if (bytes[at] === wanted) {
      flows.hardwareHigh[row] = readU16(bytes, at + 2)
      flows.hardwareLow[row] = readI32(bytes, at + 4)
      return
    }
    at += length
  }
}

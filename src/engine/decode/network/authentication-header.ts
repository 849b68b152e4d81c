/** IP authentication header, RFC 4302 section 2: nothing is encrypted, so decoding goes on behind it. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followIpProtocol } from './ip-protocol.ts'

const NEXT_HEADER = 0
const LENGTH = 1
/** Without sequence number and check value, as RFC 1826 had it. */
const LENGTH_MIN = 8

export function decodeAuthenticationHeader(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  flows.path[row] = packet.path
  const available = packet.end - offset
  // The length counts 32-bit words and leaves out two.
  const length = available < LENGTH_MIN ? LENGTH_MIN : (bytes[offset + LENGTH]! + 2) * 4
  if (length < LENGTH_MIN || length > available + packet.missing) {
    packet.issue(DecodeIssue['bad-extension-header'])
    return 0
  }
  if (length > available) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  packet.offset = offset + length
  flows.ipProtocol[row] = bytes[offset + NEXT_HEADER]!
  return followIpProtocol(packet, bytes[offset + NEXT_HEADER]!)
}

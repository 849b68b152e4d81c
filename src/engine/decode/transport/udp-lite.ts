/** UDP-Lite, RFC 3828 section 3.1: UDP whose length field says how far the checksum reaches. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { readPorts } from './ports.ts'

const COVERAGE = 4
const HEADER_LENGTH = 8

export function decodeUdpLite(packet: Packet): number {
  const { bytes, offset } = packet
  const available = readPorts(packet)
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return 0
  }
  const coverage = readU16(bytes, offset + COVERAGE)
  // Zero covers all; anything else covers at least the header and at most the datagram.
  if (coverage !== 0 && (coverage < HEADER_LENGTH || coverage > available + packet.missing)) {
    packet.issue(DecodeIssue['bad-udp-length'])
  }
  setPayload(packet, HEADER_LENGTH)
  return 0
}

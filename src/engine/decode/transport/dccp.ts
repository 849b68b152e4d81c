/** DCCP generic header, RFC 4340 section 5.1. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { readPorts } from './ports.ts'

const DATA_OFFSET = 4
const HEADER_LENGTH_MIN = 12

/** Ports from four captured bytes; the data offset counts 32-bit words and includes options. */
export function decodeDccp(packet: Packet): number {
  const { bytes, offset } = packet
  const available = readPorts(packet)
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return 0
  }
  const headerLength = bytes[offset + DATA_OFFSET]! * 4
  if (headerLength < HEADER_LENGTH_MIN || headerLength > available + packet.missing) {
    packet.issue(DecodeIssue['bad-dccp-header-length'])
    return 0
  }
  if (headerLength > available) packet.issue(DecodeIssue['truncated-transport-header'])
  setPayload(packet, headerLength)
  return 0
}

/** Darwin's PKTAP header (LINKTYPE_PKTAP, bsd/net/pktap.h): little-endian, its length and the link type inside. */

import { readU32le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { linkProtocol } from './link-layer.ts'

const LENGTH = 0
const RECORD_TYPE = 4
const LINK_TYPE = 8
const HEADER_LENGTH_MIN = 12
const RECORD_PACKET = 1

export function decodePktap(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const length = readU32le(bytes, offset + LENGTH)
  if (length < HEADER_LENGTH_MIN || length > available) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  if (readU32le(bytes, offset + RECORD_TYPE) !== RECORD_PACKET || packet.offset === packet.end) return 0
  const protocol = linkProtocol(readU32le(bytes, offset + LINK_TYPE))
  return protocol === 0 ? Protocol.data : protocol
}

/** Per-Packet Information header (CACE Technologies, PPI 1.0.10): its length, and the link type of what follows. */

import { readU16le, readU32le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { linkProtocol } from './link-layer.ts'

const LENGTH = 2
const LINK_TYPE = 4
const HEADER_LENGTH_MIN = 8

const FIELD_HEADER_LENGTH = 4
/** The 802.11-Common field, whose flags tell whether the frame ends with its check sequence. */
const FIELD_WLAN_COMMON = 2
const WLAN_COMMON_FLAGS = 8
const FLAG_CHECK_SEQUENCE = 0x1
const CHECK_SEQUENCE_LENGTH = 4

export function decodePpi(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const length = readU16le(bytes, offset + LENGTH)
  if (length < HEADER_LENGTH_MIN || length > available) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  const onWire = packet.end - packet.offset + packet.missing
  if (onWire === 0) return 0
  const protocol = linkProtocol(readU32le(bytes, offset + LINK_TYPE))
  if (
    protocol === Protocol.wlan &&
    onWire >= CHECK_SEQUENCE_LENGTH &&
    endsWithCheckSequence(bytes, offset, length)
  ) {
    packet.limit(onWire - CHECK_SEQUENCE_LENGTH)
  }
  return protocol === 0 ? Protocol.data : protocol
}

function endsWithCheckSequence(bytes: Uint8Array, start: number, length: number): boolean {
  const end = start + length
  let at = start + HEADER_LENGTH_MIN
  // Each step goes at least a field header further.
  while (at + FIELD_HEADER_LENGTH <= end) {
    const data = at + FIELD_HEADER_LENGTH
    if (readU16le(bytes, at) === FIELD_WLAN_COMMON) {
      if (data + WLAN_COMMON_FLAGS + 2 > end) return false
      return (readU16le(bytes, data + WLAN_COMMON_FLAGS) & FLAG_CHECK_SEQUENCE) !== 0
    }
    at = data + readU16le(bytes, at + 2)
  }
  return false
}

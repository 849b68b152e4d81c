/** ERSPAN types II and III (draft-foschiano-erspan-03 section 4): a switch's mirrored Ethernet frames. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const TYPE_2_VERSION = 1
const TYPE_2_LENGTH = 8
const TYPE_3_VERSION = 2
const TYPE_3_LENGTH = 12
/** The last sixteen bits of type III: frame type in five of them, and whether eight more bytes follow. */
const TYPE_3_FLAGS = 10
const FRAME_TYPE_SHIFT = 10
const FRAME_TYPE_MASK = 0x1f
const HAS_PLATFORM_HEADER = 0x01
const PLATFORM_HEADER_LENGTH = 8

const FRAME_TYPE_ETHERNET = 0
const FRAME_TYPE_IP = 2

export function decodeErspan(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  const version = available === 0 ? 0 : bytes[offset]! >> 4
  if (available > 0 && version !== TYPE_2_VERSION && version !== TYPE_3_VERSION) {
    packet.issue(DecodeIssue['bad-erspan-header'])
    return 0
  }
  let length = version === TYPE_3_VERSION ? TYPE_3_LENGTH : TYPE_2_LENGTH
  if (available < length) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  let frameType = FRAME_TYPE_ETHERNET
  if (version === TYPE_3_VERSION) {
    const flags = readU16(bytes, offset + TYPE_3_FLAGS)
    frameType = (flags >> FRAME_TYPE_SHIFT) & FRAME_TYPE_MASK
    if ((flags & HAS_PLATFORM_HEADER) !== 0) length += PLATFORM_HEADER_LENGTH
  }
  if (available < length) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  packet.offset = offset + length
  if (packet.offset === packet.end) return 0
  if (frameType === FRAME_TYPE_ETHERNET) return Protocol.eth
  return frameType === FRAME_TYPE_IP ? Protocol.ip : Protocol.data
}

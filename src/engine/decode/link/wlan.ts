/** IEEE 802.11 frames, clause 9.2: management and control frames are leaves, data frames carry LLC. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const TYPE_AND_SUBTYPE = 0
const FLAGS = 1
const SEQUENCE_CONTROL = 22
const HEADER_LENGTH = 24
const ADDRESS_LENGTH = 6
const QOS_LENGTH = 2
const HT_CONTROL_LENGTH = 4

const VERSION_MASK = 0x03
const TYPE_MASK = 0x0c
const TYPE_DATA = 0x08
/** Bits of a data frame's subtype. */
const SUBTYPE_NO_DATA = 0x40
const SUBTYPE_QOS = 0x80

const FLAG_TO_AND_FROM_DS = 0x03
const FLAG_MORE_FRAGMENTS = 0x04
const FLAG_PROTECTED = 0x40
const FLAG_ORDER = 0x80

const FRAGMENT_NUMBER = 0x0f
const QOS_AGGREGATE = 0x80
/** Two addresses and a length before each frame of an aggregate. */
const SUBFRAME_HEADER_LENGTH = 14

/**
 * A protected frame ends here with an issue, so that the reader learns why there are no addresses. Of an aggregate
 * (A-MSDU) the first frame is followed.
 */
export function decodeWlan(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < 2) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const typeAndSubtype = bytes[offset + TYPE_AND_SUBTYPE]!
  if ((typeAndSubtype & VERSION_MASK) !== 0) {
    packet.issue(DecodeIssue['bad-wlan-header'])
    return 0
  }
  if ((typeAndSubtype & TYPE_MASK) !== TYPE_DATA) return 0

  const flags = bytes[offset + FLAGS]!
  const isQos = (typeAndSubtype & SUBTYPE_QOS) !== 0
  const qosAt = HEADER_LENGTH + ((flags & FLAG_TO_AND_FROM_DS) === FLAG_TO_AND_FROM_DS ? ADDRESS_LENGTH : 0)
  let headerLength = qosAt
  if (isQos) headerLength += QOS_LENGTH + ((flags & FLAG_ORDER) !== 0 ? HT_CONTROL_LENGTH : 0)
  if (available < headerLength) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + headerLength
  if ((typeAndSubtype & SUBTYPE_NO_DATA) !== 0 || packet.offset === packet.end) return 0
  if ((flags & FLAG_PROTECTED) !== 0) {
    packet.issue(DecodeIssue['encrypted-wlan-frame'])
    return Protocol.data
  }
  const isFragment =
    (flags & FLAG_MORE_FRAGMENTS) !== 0 || (bytes[offset + SEQUENCE_CONTROL]! & FRAGMENT_NUMBER) !== 0
  if (isFragment) return Protocol.data
  if (isQos && (bytes[offset + qosAt]! & QOS_AGGREGATE) !== 0) return enterAggregate(packet)
  return Protocol.llc
}

function enterAggregate(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < SUBFRAME_HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + SUBFRAME_HEADER_LENGTH
  if (!packet.limit(readU16(bytes, offset + SUBFRAME_HEADER_LENGTH - 2))) {
    packet.issue(DecodeIssue['bad-wlan-header'])
  }
  return Protocol.llc
}

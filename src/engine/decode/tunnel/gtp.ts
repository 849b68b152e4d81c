/** GTP: user plane version 1 (3GPP TS 29.281 section 5), version 0 (TS 09.60); control messages are leaves. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const FLAGS = 0
const MESSAGE_TYPE = 1
const LENGTH = 2
const MESSAGE_USER_DATA = 255

const FLAG_PROTOCOL_TYPE = 0x10
/** Extension header, sequence number, N-PDU number: any of them adds four bytes that hold all three. */
const FLAGS_OPTIONAL = 0x07
const FLAG_EXTENSION = 0x04

const HEADER_LENGTH_0 = 20
const HEADER_LENGTH_1 = 8
const HEADER_LENGTH_2 = 4
const OPTIONAL_LENGTH = 4
const NEXT_EXTENSION = 11
/** The least that is told apart: flags, type and length. */
const LENGTH_MIN = 8
/** The RAN container, PDU session and a few more exist; more headers than this are crafted. */
const EXTENSION_COUNT_MAX = 8

/**
 * The protocol of the GTP message at `packet.offset`: `gtp`, or `gtpprime` for charging; 0 when the length field says
 * that it is none. The length counts what follows the header of that version.
 */
export function gtpProtocol(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < LENGTH_MIN) return 0
  const flags = bytes[offset + FLAGS]!
  const behindHeader = readU16(bytes, offset + LENGTH)
  const onWire = available + packet.missing
  switch (flags >> 5) {
    case 0:
      if ((flags & FLAG_PROTOCOL_TYPE) === 0) return behindHeader < onWire ? Protocol.gtpprime : 0
      return HEADER_LENGTH_0 + behindHeader === onWire ? Protocol.gtp : 0
    case 1:
      if ((flags & FLAG_PROTOCOL_TYPE) === 0) return behindHeader < onWire ? Protocol.gtpprime : 0
      return HEADER_LENGTH_1 + behindHeader <= onWire ? Protocol.gtp : 0
    case 2:
      return HEADER_LENGTH_2 + behindHeader <= onWire ? Protocol.gtp : 0
    default:
      return 0
  }
}

/** User data is IP, told by its version; anything else it may be is a leaf. Version 2 has only control messages. */
export function decodeGtp(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  const flags = bytes[offset + FLAGS]!
  if (flags >> 5 === 2) return Protocol.gtpv2
  if (bytes[offset + MESSAGE_TYPE] !== MESSAGE_USER_DATA) return 0
  const isVersion0 = flags >> 5 === 0
  const headerLength = isVersion0 ? HEADER_LENGTH_0 : HEADER_LENGTH_1
  if (!packet.limit(headerLength + readU16(bytes, offset + LENGTH))) {
    packet.issue(DecodeIssue['bad-gtp-header'])
  }
  let at = offset + headerLength
  if (!isVersion0 && (flags & FLAGS_OPTIONAL) !== 0) {
    at += OPTIONAL_LENGTH
    if ((flags & FLAG_EXTENSION) !== 0 && at <= packet.end) at = skipExtensions(packet, at)
  }
  if (at < 0) return 0
  if (at > packet.end) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  packet.offset = at
  if (at === packet.end) return 0
  switch (bytes[at]! >> 4) {
    case 4:
      return Protocol.ip
    case 6:
      return Protocol.ipv6
    default:
      return Protocol.data
  }
}

/**
 * Extension headers, each of whose first byte is its length in units of four bytes and the last the type of the next.
 * `start` is behind the first such type. Returns where the user data begins, -1 with an issue when a length is bad.
 */
function skipExtensions(packet: Packet, start: number): number {
  const { bytes, end } = packet
  let at = start
  let next = bytes[packet.offset + NEXT_EXTENSION]!
  for (let count = 0; next !== 0; count++) {
    const length = at < end ? bytes[at]! * 4 : 0
    if (length === 0 || count === EXTENSION_COUNT_MAX) {
      packet.issue(DecodeIssue[at < end ? 'bad-gtp-header' : 'truncated-tunnel-header'])
      return -1
    }
    at += length
    if (at > end) return at
    next = bytes[at - 1]!
  }
  return at
}

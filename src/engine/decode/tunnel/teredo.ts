/** Teredo, RFC 4380 section 5.1.1: IPv6 in UDP, behind an authentication and an origin indicator, either or none. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const ORIGIN = 0x0000
const ORIGIN_LENGTH = 8
const AUTHENTICATION = 0x0001
/** Indicator, two lengths, nonce and confirmation; identifier and value are as long as the lengths say. */
const AUTHENTICATION_LENGTH_MIN = 13

const IPV6_HEADER_LENGTH = 40
const IPV6_PAYLOAD_LENGTH = 4

/** Whether indicators and an IPv6 header whose length fits stand at `packet.offset`. */
export function isTeredo(packet: Packet): boolean {
  const at = behindIndicators(packet)
  const available = packet.end - at
  if (available < IPV6_HEADER_LENGTH || packet.bytes[at]! >> 4 !== 6) return false
  const length = IPV6_HEADER_LENGTH + readU16(packet.bytes, at + IPV6_PAYLOAD_LENGTH)
  return length <= available + packet.missing
}

export function decodeTeredo(packet: Packet): number {
  const at = behindIndicators(packet)
  if (at >= packet.end) {
    packet.issue(DecodeIssue[packet.missing > 0 ? 'truncated-tunnel-header' : 'bad-teredo-header'])
    return 0
  }
  packet.offset = at
  return Protocol.ipv6
}

/** Where the IPv6 packet begins; may be at or beyond `packet.end`. */
function behindIndicators(packet: Packet): number {
  const { bytes, end } = packet
  let at = packet.offset
  if (end - at >= AUTHENTICATION_LENGTH_MIN && readU16(bytes, at) === AUTHENTICATION) {
    at += AUTHENTICATION_LENGTH_MIN + bytes[at + 2]! + bytes[at + 3]!
  }
  if (end - at >= ORIGIN_LENGTH && readU16(bytes, at) === ORIGIN) at += ORIGIN_LENGTH
  return at
}

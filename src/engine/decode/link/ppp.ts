/** PPP: frames of RFC 1661 section 2, with or without the HDLC-like framing of RFC 1662. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const ADDRESS_ALL_STATIONS = 0xff
const CONTROL_UNNUMBERED = 0x03
/** Cisco's HDLC begins with one of these where PPP has 0xff; LINKTYPE_PPP_HDLC may hold either. */
const CHDLC_UNICAST = 0x0f
const CHDLC_MULTICAST = 0x8f

/**
 * The address and control bytes may have been left out, and the protocol field may be one byte instead of two: its
 * assigned numbers are even in the first byte and odd in the last, so that they tell themselves apart.
 */
export function decodePpp(packet: Packet): number {
  const { bytes, end } = packet
  let at = packet.offset
  if (at < end && (bytes[at] === CHDLC_UNICAST || bytes[at] === CHDLC_MULTICAST)) return Protocol.chdlc
  if (end - at >= 2 && bytes[at] === ADDRESS_ALL_STATIONS && bytes[at + 1] === CONTROL_UNNUMBERED) at += 2
  // 0xff ends no protocol number: alone it is the first byte of address and control.
  const isCompressed = at < end && (bytes[at]! & 1) === 1 && bytes[at] !== ADDRESS_ALL_STATIONS
  if (end - at < (isCompressed ? 1 : 2)) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = at + (isCompressed ? 1 : 2)
  const protocol = pppProtocol(isCompressed ? bytes[at]! : readU16(bytes, at))
  if (protocol !== 0) return protocol
  return packet.offset < end ? Protocol.data : 0
}

/** iana.org/assignments/ppp-numbers */
function pppProtocol(number: number): number {
  switch (number) {
    case 0x0021:
      return Protocol.ip
    case 0x0057:
      return Protocol.ipv6
    case 0x0023:
      return Protocol.osi
    case 0x002b:
      return Protocol.ipx
    case 0x0207:
      return Protocol.cdp
    case 0x0281:
    case 0x0283:
      return Protocol.mpls
    case 0x8021:
      return Protocol.ipcp
    case 0x8057:
      return Protocol.ipv6cp
    case 0xc021:
      return Protocol.lcp
    case 0xc023:
      return Protocol.pap
    case 0xc223:
      return Protocol.chap
    default:
      return 0
  }
}

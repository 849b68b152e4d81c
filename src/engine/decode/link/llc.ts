/** LLC (IEEE 802.2 clause 3) and its extension SNAP (IEEE 802 clause 9.5): what an 802.3 or 802.11 frame carries. */

import { readU16, readU24 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'

const DESTINATION = 0
const SOURCE = 1
const CONTROL = 2
/** Two service access points and a control field of one byte. */
const HEADER_LENGTH_MIN = 3
const SNAP_LENGTH = 5

const SNAP = 0xaa
const UNNUMBERED = 0x03
const UNNUMBERED_INFORMATION = 0x03
const EXCHANGE_IDENTIFICATION = 0xaf
/** Poll and final share a bit that does not change what the frame carries. */
const POLL_OR_FINAL = 0x10

const OUI_ETHERNET = 0x000000
const OUI_BRIDGE_TUNNEL = 0x0000f8
const OUI_CISCO = 0x00000c
const OUI_IEEE_802_1 = 0x0080c2

/** Frames that only manage a link (commands, tests) carry nothing and end here. */
export function decodeLlc(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const control = bytes[offset + CONTROL]!
  const isUnnumbered = (control & 3) === UNNUMBERED
  const headerLength = isUnnumbered ? HEADER_LENGTH_MIN : HEADER_LENGTH_MIN + 1
  if (available < headerLength) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + headerLength
  if (bytes[offset + DESTINATION] === SNAP && bytes[offset + SOURCE] === SNAP) {
    return isUnnumbered ? decodeSnap(packet) : 0
  }
  const isInformation = (control & 1) === 0 || (control & ~POLL_OR_FINAL) === UNNUMBERED_INFORMATION
  if (packet.end - packet.offset + packet.missing === 0) return 0
  if (isInformation) return serviceAccessPoint(bytes[offset + DESTINATION]!)
  return (control & ~POLL_OR_FINAL) === EXCHANGE_IDENTIFICATION ? 0 : Protocol.data
}

/** Who the numbers belong to, then a number of theirs. */
export function decodeSnap(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < SNAP_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + SNAP_LENGTH
  const number = readU16(bytes, offset + 3)
  const protocol = snapProtocol(readU24(bytes, offset), number)
  if (protocol !== 0) return protocol
  return packet.offset < packet.end ? Protocol.data : 0
}

function snapProtocol(oui: number, number: number): number {
  switch (oui) {
    case OUI_ETHERNET:
    case OUI_BRIDGE_TUNNEL:
      return etherTypeProtocol(number)
    case OUI_CISCO:
      return ciscoProtocol(number)
    case OUI_IEEE_802_1:
      // RFC 2684 section 5.2: Ethernet with and without its check sequence, and a spanning tree message.
      if (number === 0x0001 || number === 0x0007) return Protocol.eth
      return number === 0x000e ? Protocol.stp : 0
    default:
      return 0
  }
}

function ciscoProtocol(number: number): number {
  switch (number) {
    case 0x0108:
    case 0x0109:
    case 0x010b:
    case 0x010c:
      return Protocol.stp
    case 0x0111:
      return Protocol.udld
    case 0x2000:
      return Protocol.cdp
    case 0x2003:
      return Protocol.vtp
    case 0x2004:
      return Protocol.dtp
    default:
      return 0
  }
}

function serviceAccessPoint(number: number): number {
  switch (number) {
    case 0x06:
      return Protocol.ip
    case 0x10:
    case 0xe0:
      return Protocol.ipx
    case 0x14:
    case 0x20:
    case 0x34:
    case 0x54:
    case 0xfe:
      return Protocol.osi
    case 0x42:
      return Protocol.stp
    case 0x82:
      return Protocol.bacnet
    case 0xf0:
      return Protocol.netbios
    case 0xff:
      return Protocol.ipx
    default:
      return Protocol.data
  }
}

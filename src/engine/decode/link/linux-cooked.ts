/** Linux "cooked" captures: LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2 (tcpdump.org/linktypes). */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { followEtherType } from './ether-type.ts'

/** SLL: packet type, hardware type, address length, address, protocol. */
const HARDWARE_TYPE = 2
const PROTOCOL = 14
const HEADER_LENGTH = 16

const LINKTYPE_LINUX_SLL2 = 276
/** SLL2: protocol, two zero bytes, interface, hardware type, packet type, address length, address. */
const PROTOCOL_2 = 0
const HARDWARE_TYPE_2 = 8
const HEADER_LENGTH_2 = 20

/** Linux ARPHRD_ numbers whose frames do not say their protocol by EtherType. */
const ARPHRD_FRAME_RELAY = 770
const ARPHRD_WLAN_RADIOTAP = 803
const ARPHRD_NETLINK = 824

/** Linux ETH_P_ numbers below 1536. */
const ETH_P_802_3 = 0x0001
const ETH_P_802_2 = 0x0004

/** Both versions, which share tshark's name sll: the link type of the frame tells them apart. */
export function decodeLinuxCooked(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  const isSecond = packet.linkType === LINKTYPE_LINUX_SLL2
  const length = isSecond ? HEADER_LENGTH_2 : HEADER_LENGTH
  if (available < length) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  const hardwareType = readU16(bytes, offset + (isSecond ? HARDWARE_TYPE_2 : HARDWARE_TYPE))
  return follow(packet, hardwareType, readU16(bytes, offset + (isSecond ? PROTOCOL_2 : PROTOCOL)))
}

function follow(packet: Packet, hardwareType: number, protocol: number): number {
  switch (hardwareType) {
    case ARPHRD_WLAN_RADIOTAP:
      return Protocol.radiotap
    case ARPHRD_FRAME_RELAY:
      return Protocol.fr
    case ARPHRD_NETLINK:
      return packet.offset < packet.end ? Protocol.data : 0
  }
  switch (protocol) {
    case ETH_P_802_3:
      return Protocol.ipx
    case ETH_P_802_2:
      return Protocol.llc
    default:
      return followEtherType(packet, protocol)
  }
}

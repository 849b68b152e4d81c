/** BSD loopback: LINKTYPE_NULL and LINKTYPE_LOOP, an address family of four bytes (tcpdump.org/linktypes). */

import { readU32, readU32le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'

const HEADER_LENGTH = 4
const FAMILY_MAX = 0xffff
const ETHER_TYPE_MIN = 0x600

/**
 * LINKTYPE_NULL has the family in the byte order of the machine that captured, LINKTYPE_LOOP in network order. Families
 * are small, so that the order in which the number is small is the right one.
 */
export function decodeBsdNull(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  const intel = readU32le(bytes, offset)
  const network = readU32(bytes, offset)
  // Small in neither order: some wrote a Cisco HDLC header here, which ends with an EtherType.
  const protocol = familyProtocol(intel <= FAMILY_MAX ? intel : network & FAMILY_MAX)
  if (protocol !== 0) return protocol
  return packet.offset < packet.end ? Protocol.data : 0
}

/** AF_ numbers: 2 is IPv4 everywhere, IPv6 differs from one BSD to the next. Some tunnels write an EtherType. */
function familyProtocol(family: number): number {
  switch (family) {
    case 2:
      return Protocol.ip
    // Linux, NetBSD and OpenBSD, FreeBSD, Darwin.
    case 10:
    case 24:
    case 28:
    case 30:
      return Protocol.ipv6
    case 7:
      return Protocol.osi
    case 23:
      return Protocol.ipx
    default:
      return family >= ETHER_TYPE_MIN ? etherTypeProtocol(family) : 0
  }
}

/** EtherTypes (IEEE 802 numbers, iana.org/assignments/ieee-802-numbers) and the lengths that share their field. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const { ip, ipv6, arp, vlan, data } = Protocol

/** IEEE 802.3 clause 3.2.6: up to here the field is a length; 1501 to 1535 are undefined. */
const LENGTH_MAX = 1500

/** Protocol number for an EtherType; `data` for one without a name here, as tshark has it. */
export function etherTypeProtocol(etherType: number): number {
  switch (etherType) {
    case 0x0800:
      return ip
    case 0x86dd:
      return ipv6
    case 0x0806:
      return arp
    case 0x8100:
      return vlan
    default:
      return data
  }
}

/**
 * What follows a field that is an EtherType or, up to 1500, the length of an LLC frame. `packet.offset` stands behind
 * the field. A length lowers `end`, so that padding is not taken for data.
 */
export function followTypeOrLength(packet: Packet, typeOrLength: number): number {
  // Zero is no length: such frames (crafted, or of a few switches' own protocols) are taken as unknown type.
  if (typeOrLength > LENGTH_MAX || typeOrLength === 0) return etherTypeProtocol(typeOrLength)
  if (!packet.limit(typeOrLength)) packet.issue(DecodeIssue['ethernet-length-mismatch'])
  // Novell's raw 802.3 framing has no LLC: IPX begins with its unused checksum.
  if (
    packet.end - packet.offset >= 2 &&
    packet.bytes[packet.offset] === 0xff &&
    packet.bytes[packet.offset + 1] === 0xff
  ) {
    return Protocol.ipx
  }
  return Protocol.llc
}

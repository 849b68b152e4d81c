/** EtherTypes (IEEE 802 numbers, iana.org/assignments/ieee-802-numbers) and the lengths that share their field. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const { ip, ipv6, arp, vlan, data, llc, ipx } = Protocol

/** IEEE 802.3 clause 3.2.6: up to here the field is a length; 1501 to 1535 are undefined. */
const LENGTH_MAX = 1500

/** Protocol number for an EtherType, 0 for one without a name here. */
export function etherTypeProtocol(etherType: number): number {
  switch (etherType) {
    case 0x0800:
      return ip
    case 0x86dd:
      return ipv6
    // Reverse ARP (RFC 903) has ARP's format, and tshark's name for both is arp.
    case 0x0806:
    case 0x8035:
      return arp
    // 802.1Q, and three that switches used for an outer tag before 802.1ad had a number.
    case 0x8100:
    case 0x9100:
    case 0x9200:
    case 0x9300:
      return vlan
    default:
      return rareEtherType(etherType)
  }
}

/** What follows an EtherType, at `packet.offset`: `data` for one without a name, 0 when the frame ends here. */
export function followEtherType(packet: Packet, etherType: number): number {
  const protocol = etherTypeProtocol(etherType)
  if (protocol !== 0) return protocol
  return packet.offset < packet.end ? data : 0
}

/**
 * What follows a field that is an EtherType or, up to 1500, the length of an LLC frame. `packet.offset` stands behind
 * the field. A length lowers `end`, so that padding is not taken for data.
 */
export function followTypeOrLength(packet: Packet, typeOrLength: number): number {
  // Zero is no length: frames that have it (crafted, or of a few switches' own protocols) are of unknown type.
  if (typeOrLength > LENGTH_MAX || typeOrLength === 0) return followEtherType(packet, typeOrLength)
  if (!packet.limit(typeOrLength)) packet.issue(DecodeIssue['ethernet-length-mismatch'])
  // Novell's raw 802.3 framing has no LLC: IPX begins with its unused checksum.
  const { bytes, offset } = packet
  const isRawIpx = packet.end - offset >= 2 && bytes[offset] === 0xff && bytes[offset + 1] === 0xff
  return isRawIpx ? ipx : llc
}

/** A tag of `tagLength` bytes, the last two of which are the type or length of what it is put before. */
export function followTag(packet: Packet, tagLength: number): number {
  const behind = packet.offset + tagLength
  if (packet.end < behind) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = behind
  return followTypeOrLength(packet, readU16(packet.bytes, behind - 2))
}

function rareEtherType(etherType: number): number {
  switch (etherType) {
    case 0x0842:
      return Protocol.wol
    case 0x22f3:
      return Protocol.trill
    case 0x22f4:
      return Protocol.isis
    case 0x4305:
      return Protocol.batadv
    case 0xd28b:
      return Protocol.avsp
    case 0x6558:
      return Protocol.eth
    case 0x8103:
      return Protocol.lacp
    case 0x8137:
      return Protocol.ipx
    case 0x8181:
      return Protocol.stp
    case 0x8808:
      return Protocol.macc
    case 0x8809:
      return Protocol.slow
    case 0x8847:
    case 0x8848:
      return Protocol.mpls
    case 0x8863:
      return Protocol.pppoed
    case 0x8864:
      return Protocol.pppoes
    case 0x8870:
      return Protocol.llc
    case 0x887b:
      return Protocol.homeplug
    case 0x888e:
    case 0x88c7:
      return Protocol.eapol
    case 0x8892:
      return Protocol.pn_rt
    case 0x88a2:
      return Protocol.aoe
    case 0x88a4:
      return Protocol.ecatf
    case 0x88a8:
      return Protocol.ieee8021ad
    case 0x88cc:
    case 0x8942:
      return Protocol.lldp
    case 0x88e5:
      return Protocol.macsec
    case 0x88f7:
      return Protocol.ptp
    case 0x8902:
      return Protocol.cfm
    case 0x8903:
      return Protocol.cfp
    case 0x8906:
      return Protocol.fcoe
    case 0x8915:
      return Protocol.infiniband
    case 0x8926:
      return Protocol.vntag
    case 0x892f:
      return Protocol.hsr
    case 0x894f:
      return Protocol.nsh
    case 0x9000:
      return Protocol.loop
    default:
      return 0
  }
}

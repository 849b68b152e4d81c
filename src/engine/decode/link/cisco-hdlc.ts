/** Cisco HDLC: LINKTYPE_C_HDLC, address, control and a protocol number that is mostly an EtherType. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'

const PROTOCOL = 2
const HEADER_LENGTH = 4

export function decodeCiscoHdlc(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  const protocol = chdlcProtocol(packet, readU16(bytes, offset + PROTOCOL))
  if (protocol !== 0) return protocol
  return packet.offset < packet.end ? Protocol.data : 0
}

function chdlcProtocol(packet: Packet, number: number): number {
  switch (number) {
    case 0x0111:
      return Protocol.udld
    case 0x2000:
      return Protocol.cdp
    // Reverse ARP's number is that of Cisco's keep-alives on this link.
    case 0x8035:
      return Protocol.slarp
    case 0x4242:
      return Protocol.stp
    case 0xfefe:
      // A byte of padding stands before the network layer.
      if (packet.offset < packet.end) packet.offset++
      return Protocol.osi
    default:
      return etherTypeProtocol(number)
  }
}

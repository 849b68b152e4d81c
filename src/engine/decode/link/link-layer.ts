/** LINKTYPE_ numbers (tcpdump.org/linktypes) to the protocol that a frame of that type begins with. */

import { Protocol } from '../protocol-table.ts'

/** Protocol number for a capture's link type; 0 for one that is not decoded. */
export function linkProtocol(linkType: number): number {
  switch (linkType) {
    case 1:
      return Protocol.eth
    // NULL, and LOOP, whose address family is in network order.
    case 0:
    case 108:
      return Protocol.null
    // ARCNET_BSD and ARCNET_LINUX.
    case 7:
    case 129:
      return Protocol.arcnet
    case 9:
    case 50:
      return Protocol.ppp
    case 10:
      return Protocol.fddi
    // RAW, and two numbers that BSD systems wrote for it.
    case 12:
    case 14:
    case 101:
      return Protocol.raw
    case 51:
      return Protocol.pppoes
    case 100:
      return Protocol.llc
    case 104:
      return Protocol.chdlc
    case 105:
      return Protocol.wlan
    case 107:
      return Protocol.fr
    // SLL and SLL2.
    case 113:
    case 276:
      return Protocol.sll
    case 119:
      return Protocol.prism
    case 127:
      return Protocol.radiotap
    // PKTAP, and the number that Darwin wrote before it had one.
    case 149:
    case 258:
      return Protocol.pktap
    case 192:
      return Protocol.ppi
    case 226:
      return Protocol.ipnet
    case 228:
      return Protocol.ip
    case 229:
      return Protocol.ipv6
    case 239:
      return Protocol.nflog
    case 242:
      return Protocol.ipoib
    default:
      return 0
  }
}

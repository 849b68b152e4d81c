/** LINKTYPE_ numbers (tcpdump.org/linktypes.html) to the protocol that a frame of that type begins with. */

import { Protocol } from '../protocol-table.ts'

/** Protocol number for a capture's link type; 0 for one that is not decoded. */
export function linkProtocol(linkType: number): number {
  switch (linkType) {
    case 1:
      return Protocol.eth
    case 12:
    case 14:
    case 101:
      return Protocol.raw
    default:
      return 0
  }
}

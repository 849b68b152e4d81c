/** Frame to packet: one loop that goes from protocol to protocol, without recursion. */

import { DecodeIssue } from './decode-issue.ts'
import { linkProtocol } from './link/link-layer.ts'
import { Protocol } from './protocol-table.ts'
import type { Packet } from './packet.ts'
import { decodeLayer } from './decode-layer.ts'

/** Headers followed in one frame. A frame of 16,000 VLAN tags costs no more than one of 64. */
export const LAYER_COUNT_MAX = 64

/**
 * Decode the frame that `packet.start` has set up, as far as its bytes allow. Fills rows of `packet.flows`, leaves
 * `packet.path` at the deepest protocol named, and counts issues. Never throws, whatever the bytes are.
 */
export function decodeFrame(packet: Packet, linkType: number): void {
  packet.linkType = linkType
  let next = linkProtocol(linkType)
  if (next === 0) {
    packet.issue(DecodeIssue['unknown-link-type'])
    packet.path = packet.paths.child(packet.path, Protocol.data)
    return
  }
  for (let layer = 0; next !== 0; layer++) {
    if (layer === LAYER_COUNT_MAX) {
      packet.issue(DecodeIssue['too-many-layers'])
      return
    }
    packet.path = packet.paths.child(packet.path, next)
    next = decodeLayer(packet, next)
  }
}

/** VLAN tags: IEEE 802.1Q clause 9.6, customer and service tags alike. */

import type { Packet } from '../packet.ts'
import { followTag } from './ether-type.ts'

const TAG_LENGTH = 4

/** The tag behind its EtherType: two bytes of control information, then the next type or length. */
export function decodeVlan(packet: Packet): number {
  return followTag(packet, TAG_LENGTH)
}

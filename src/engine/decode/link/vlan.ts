/** VLAN tags: IEEE 802.1Q clause 9.6, customer and service tags alike. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followTypeOrLength } from './ether-type.ts'

const TYPE = 2
const TAG_LENGTH = 4

/** The tag behind its EtherType: two bytes of control information, then the next type or length. */
export function decodeVlan(packet: Packet): number {
  const offset = packet.offset
  if (packet.end - offset < TAG_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + TAG_LENGTH
  return followTypeOrLength(packet, readU16(packet.bytes, offset + TYPE))
}

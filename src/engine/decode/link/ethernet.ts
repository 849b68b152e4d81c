/** Ethernet II and IEEE 802.3 frames (IEEE 802.3 clause 3.2), without preamble and frame check sequence. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followTypeOrLength } from './ether-type.ts'

const TYPE = 12
const HEADER_LENGTH = 14

/** Two hardware addresses and a type, or a length, which then also tells padding from data. */
export function decodeEthernet(packet: Packet): number {
  const offset = packet.offset
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  return followTypeOrLength(packet, readU16(packet.bytes, offset + TYPE))
}

/** IP over InfiniBand as it is captured (LINKTYPE_IPOIB; RFC 4391 section 6): a global routing header, then an EtherType. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followEtherType } from './ether-type.ts'

const ROUTING_HEADER_LENGTH = 40
/** EtherType and two reserved bytes. */
const HEADER_LENGTH = ROUTING_HEADER_LENGTH + 4

export function decodeIpOverInfiniband(packet: Packet): number {
  const { bytes, offset: start, end } = packet
  if (end - start < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = start + HEADER_LENGTH
  return followEtherType(packet, readU16(bytes, start + ROUTING_HEADER_LENGTH))
}

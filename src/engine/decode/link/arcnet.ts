/** ARCNET frames as BSD writes them (LINKTYPE_ARCNET_BSD): RFC 1201, and the older RFC 1051 that has no split flag. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const TYPE = 2
/** Source, destination and type: all there is of RFC 1051's header. */
const OLD_HEADER_LENGTH = 3
/** With split flag and sequence number. */
const HEADER_LENGTH = 6
const SPLIT_FLAG = 3
/** RFC 1201 section 2: an exception frame repeats the type, flag and sequence after a pad of three bytes. */
const EXCEPTION_FLAG = 0xff
const EXCEPTION_HEADER_LENGTH = 10
/** Set in the flag of every frame of a packet sent in parts; the parts' number lies above it. */
const SPLIT_FIRST = 1

/** Only a packet sent whole, or the first part of one, begins with a network header. */
export function decodeArcnet(packet: Packet): number {
  const { bytes, offset: start, end } = packet
  if (end - start < OLD_HEADER_LENGTH) return cutShort(packet)
  const type = bytes[start + TYPE]!
  if (type === 0xf0 || type === 0xf1) {
    packet.offset = start + OLD_HEADER_LENGTH
    return type === 0xf0 ? Protocol.ip : Protocol.arp
  }
  if (end - start < HEADER_LENGTH) return cutShort(packet)
  const flag = bytes[start + SPLIT_FLAG]!
  const length = flag === EXCEPTION_FLAG ? EXCEPTION_HEADER_LENGTH : HEADER_LENGTH
  if (end - start < length) return cutShort(packet)
  packet.offset = start + length
  const isLaterPart = flag !== EXCEPTION_FLAG && flag !== 0 && (flag & SPLIT_FIRST) === 0
  return isLaterPart ? Protocol.data : protocolOf(type)
}

/** System codes of RFC 1201 section 3 and of the ARCNET assigned numbers. */
function protocolOf(type: number): number {
  switch (type) {
    case 0xd4:
      return Protocol.ip
    case 0xd5:
    case 0xd6:
      return Protocol.arp
    case 0xc4:
      return Protocol.ipv6
    case 0xfa:
      return Protocol.ipx
    default:
      return Protocol.data
  }
}

function cutShort(packet: Packet): number {
  packet.issue(DecodeIssue['truncated-link-header'])
  return 0
}

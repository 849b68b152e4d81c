/** ARCNET frames as BSD and as Linux write them (tcpdump.org/linktypes): RFC 1201, and RFC 1051 that has no split flag. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const LINKTYPE_ARCNET_LINUX = 129
/** Source and destination; Linux adds the card's two bytes of offset. */
const TYPE_BSD = 2
const TYPE_LINUX = 4
/** Behind the type: split flag and sequence number. */
const REST_LENGTH = 3
/** RFC 1201 section 2: an exception frame repeats the type, flag and sequence after a pad of three bytes. */
const EXCEPTION_FLAG = 0xff
const EXCEPTION_REST_LENGTH = 7
/** Set in the flag of every frame of a packet sent in parts; the parts' number lies above it. */
const SPLIT_FIRST = 1

/** Only a packet sent whole, or the first part of one, begins with a network header. */
export function decodeArcnet(packet: Packet): number {
  const { bytes, offset: start, end } = packet
  const typeAt = start + (packet.linkType === LINKTYPE_ARCNET_LINUX ? TYPE_LINUX : TYPE_BSD)
  if (typeAt >= end) return cutShort(packet)
  const type = bytes[typeAt]!
  const restAt = typeAt + 1
  if (type === 0xf0 || type === 0xf1) {
    packet.offset = restAt
    return type === 0xf0 ? Protocol.ip : Protocol.arp
  }
  if (end - restAt < REST_LENGTH) return cutShort(packet)
  const flag = bytes[restAt]!
  // Linux takes the exception frame's repetition out.
  const isException = flag === EXCEPTION_FLAG && typeAt === start + TYPE_BSD
  const length = isException ? EXCEPTION_REST_LENGTH : REST_LENGTH
  if (end - restAt < length) return cutShort(packet)
  packet.offset = restAt + length
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

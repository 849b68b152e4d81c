/** Prism monitoring header (LINKTYPE_IEEE802_11_PRISM): a message of 144 bytes or so before an 802.11 frame. */

import { readU32, readU32le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const LENGTH = 4
/** Message code, message length and a device name of sixteen bytes. */
const HEADER_LENGTH_MIN = 24

/** Drivers that share the link type write an AVS header instead, which begins with this and is in network order. */
const AVS_MAGIC = 0x8021_1000
const AVS_VERSION_MASK = 0xffff_f000

export function decodePrism(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const isAvs = (readU32(bytes, offset) & AVS_VERSION_MASK) >>> 0 === AVS_MAGIC
  // Prism is in the byte order of the machine that captured: the length is the smaller reading.
  const length = isAvs
    ? readU32(bytes, offset + LENGTH)
    : Math.min(readU32(bytes, offset + LENGTH), readU32le(bytes, offset + LENGTH))
  if (length < HEADER_LENGTH_MIN || length > available) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  return packet.offset < packet.end ? Protocol.wlan : 0
}

/** VN-Tag of Cisco's fabric extenders (the proposal that became IEEE 802.1BR): four bytes, then a type. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followTypeOrLength } from './ether-type.ts'

const TYPE = 4
const TAG_LENGTH = 6

export function decodeVntag(packet: Packet): number {
  const offset = packet.offset
  if (packet.end - offset < TAG_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + TAG_LENGTH
  return followTypeOrLength(packet, readU16(packet.bytes, offset + TYPE))
}

/** Tags of redundant rings, HSR: IEC 62439-3 section 5. The frame comes both ways round, and is counted each time. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { followTypeOrLength } from './ether-type.ts'

const TYPE = 4
const TAG_LENGTH = 6

/** The tag behind its EtherType: path and size, sequence number, then the next type. */
export function decodeHsr(packet: Packet): number {
  const offset = packet.offset
  if (packet.end - offset < TAG_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + TAG_LENGTH
  return followTypeOrLength(packet, readU16(packet.bytes, offset + TYPE))
}

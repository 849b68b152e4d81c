/** PPP over Ethernet, RFC 2516 section 4: the session stage. Discovery packets are leaves. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const CODE = 1
const LENGTH = 4
const HEADER_LENGTH = 6

export function decodePppoeSession(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  if (!packet.limit(readU16(bytes, offset + LENGTH))) packet.issue(DecodeIssue['bad-pppoe-length'])
  // Any other code is a discovery packet under the wrong EtherType.
  return bytes[offset + CODE] === 0 ? Protocol.ppp : 0
}

/** MACsec's security tag, IEEE 802.1AE clause 9.3: followed when the frame is only authenticated. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { followEtherType } from './ether-type.ts'

const VERSION = 0x80
const HAS_CHANNEL_IDENTIFIER = 0x20
const ENCRYPTED_OR_CHANGED = 0x0c
const TAG_LENGTH = 6
const CHANNEL_IDENTIFIER_LENGTH = 8
const CHECK_VALUE_LENGTH = 16

/** An encrypted frame is a leaf. The integrity check value at the end is not data. */
export function decodeMacsec(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < 1) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  const control = bytes[offset]!
  const tagLength = TAG_LENGTH + ((control & HAS_CHANNEL_IDENTIFIER) !== 0 ? CHANNEL_IDENTIFIER_LENGTH : 0)
  if (available < tagLength) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + tagLength
  if ((control & VERSION) !== 0) return 0
  if ((control & ENCRYPTED_OR_CHANGED) !== 0) return packet.offset < packet.end ? Protocol.data : 0

  const behindTag = available + packet.missing - tagLength
  if (available < tagLength + 2 || behindTag < 2 + CHECK_VALUE_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.limit(behindTag - CHECK_VALUE_LENGTH)
  packet.offset += 2
  return followEtherType(packet, readU16(bytes, offset + tagLength))
}

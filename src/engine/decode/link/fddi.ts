/** FDDI frames (ISO 9314-2): a frame control byte and two hardware addresses before LLC. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const HEADER_LENGTH = 13
/** Of the frame control: synchronous or not, and priority, do not tell LLC frames from the ring's own. */
const FORMAT_MASK = 0x70
const FORMAT_LLC_SYNCHRONOUS = 0x10
const FORMAT_LLC = 0x50

export function decodeFddi(packet: Packet): number {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH
  const format = bytes[offset]! & FORMAT_MASK
  if (format === FORMAT_LLC || format === FORMAT_LLC_SYNCHRONOUS) return Protocol.llc
  return packet.offset < packet.end ? Protocol.data : 0
}

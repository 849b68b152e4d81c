/** Geneve, RFC 8926 section 3.4. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { etherTypeProtocol } from '../link/ether-type.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const VERSION_AND_LENGTH = 0
const FLAGS = 1
const TYPE = 2
const RESERVED = 7
const HEADER_LENGTH = 8

const OPTIONS_LENGTH = 0x3f
const FLAGS_RESERVED = 0x3f

/** Whether a Geneve header stands at `packet.offset`: version and reserved bits zero, a payload that has a name. */
export function isGeneve(packet: Packet): boolean {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH) return false
  return (
    bytes[offset + VERSION_AND_LENGTH]! >> 6 === 0 &&
    (bytes[offset + FLAGS]! & FLAGS_RESERVED) === 0 &&
    bytes[offset + RESERVED] === 0 &&
    etherTypeProtocol(readU16(bytes, offset + TYPE)) !== 0
  )
}

export function decodeGeneve(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  const length = HEADER_LENGTH + (bytes[offset + VERSION_AND_LENGTH]! & OPTIONS_LENGTH) * 4
  if (length > available) {
    const isCut = length <= available + packet.missing
    packet.issue(DecodeIssue[isCut ? 'truncated-tunnel-header' : 'bad-geneve-header'])
    return 0
  }
  packet.offset = offset + length
  if (packet.offset === packet.end) return 0
  return etherTypeProtocol(readU16(bytes, offset + TYPE)) || Protocol.data
}

/** Arista's vendor-specific header (EtherType 0xd28b): a hardware time in front of the real EtherType. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { followTypeOrLength } from './ether-type.ts'

const VERSION = 2
const SUBTYPE_LENGTH = 4
const SUBTYPE_TIMESTAMP = 1
/** Of the version field: a time of 48 bits; all others that are known have 64. */
const VERSION_48_BITS = 0x0020

/** A header of another subtype than a time has a form of its own: a leaf. */
export function decodeArista(packet: Packet): number {
  const { bytes, offset: start, end } = packet
  if (end - start < SUBTYPE_LENGTH) return cutShort(packet)
  if (readU16(bytes, start) !== SUBTYPE_TIMESTAMP) return Protocol.data
  const timeLength = (readU16(bytes, start + VERSION) & VERSION_48_BITS) !== 0 ? 6 : 8
  const typeAt = start + SUBTYPE_LENGTH + timeLength
  if (end - typeAt < 2) return cutShort(packet)
  packet.offset = typeAt + 2
  return followTypeOrLength(packet, readU16(bytes, typeAt))
}

function cutShort(packet: Packet): number {
  packet.issue(DecodeIssue['truncated-link-header'])
  return 0
}

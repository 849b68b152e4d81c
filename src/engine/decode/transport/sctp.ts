/** SCTP common header and first chunk, RFC 9260 sections 3.1 and 3.2. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { readPorts } from './ports.ts'

const VERIFICATION_TAG = 4
const HEADER_LENGTH = 12
const CHUNK_LENGTH = 2
const CHUNK_HEADER_LENGTH = 4

/**
 * Ports from four captured bytes. The verification tag goes to the column `sequence`, the type of the first chunk
 * (1 INIT, 2 INIT ACK, 6 ABORT …) to `icmpType`: both tell an answered attempt from a refused one.
 */
export function decodeSctp(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = readPorts(packet)
  if (available >= VERIFICATION_TAG + 4) flows.sequence[row] = readI32(bytes, offset + VERIFICATION_TAG)
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return 0
  }
  setPayload(packet, HEADER_LENGTH)
  const chunkAvailable = available - HEADER_LENGTH
  if (chunkAvailable > 0) flows.icmpType[row] = bytes[offset + HEADER_LENGTH]!
  if (chunkAvailable < CHUNK_HEADER_LENGTH) {
    if (packet.missing === 0) packet.issue(DecodeIssue['bad-sctp-chunk'])
    return 0
  }
  const length = readU16(bytes, offset + HEADER_LENGTH + CHUNK_LENGTH)
  if (length < CHUNK_HEADER_LENGTH || length > chunkAvailable + packet.missing) {
    packet.issue(DecodeIssue['bad-sctp-chunk'])
  }
  return 0
}

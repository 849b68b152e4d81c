/** UDP header, RFC 768; length 0 is a jumbogram's (RFC 2675 section 4). */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FragmentPart } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'
import { followUdpTunnel, tunnelOfPort } from '../tunnel/udp-tunnel.ts'

const SRC_PORT = 0
const DST_PORT = 2
const LENGTH = 4
const HEADER_LENGTH = 8

/**
 * Fills ports and the place of the payload, as the length field says where it can be believed, and as the carrier says
 * where not. Four captured bytes are enough for the ports. Only a tunnel follows; what else the payload is, the
 * conversation decides.
 */
export function decodeUdp(packet: Packet): number {
  const bytes = packet.bytes
  const start = packet.offset
  const flows = packet.flows
  const row = packet.flow
  const available = packet.end - start
  flows.path[row] = packet.path
  if (available < DST_PORT + 2) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return 0
  }
  const srcPort = readU16(bytes, start + SRC_PORT)
  const dstPort = readU16(bytes, start + DST_PORT)
  flows.srcPort[row] = srcPort
  flows.dstPort[row] = dstPort
  if (available < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-transport-header'])
    return 0
  }
  const length = readU16(bytes, start + LENGTH)
  const isWhole = flows.fragment[row] === FragmentPart.whole
  if (isWhole && length !== available + packet.missing) {
    if (length >= HEADER_LENGTH ? !packet.limit(length) : length !== 0 || flows.ipVersion[row] === 4) {
      packet.issue(DecodeIssue['bad-udp-length'])
    }
  }
  const payloadOffset = start + HEADER_LENGTH
  packet.offset = payloadOffset
  flows.payloadOffset[row] = payloadOffset
  flows.payloadLength[row] = packet.end - payloadOffset
  flows.payloadWireLength[row] = packet.end - payloadOffset + packet.missing
  if ((tunnelOfPort[srcPort]! | tunnelOfPort[dstPort]!) === 0) return 0
  // The length is the whole datagram's, of which a first fragment holds a part.
  if (!isWhole) packet.missing = Math.max(length - available, packet.missing)
  return followUdpTunnel(packet, srcPort, dstPort)
}

/** GRE: RFC 2784 with the key and sequence of RFC 2890, RFC 1701's routing, and version 1 of PPTP (RFC 2637). */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { etherTypeProtocol } from '../link/ether-type.ts'
import { enterTunnel } from '../network/ip-protocol.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { Protocol } from '../protocol-table.ts'

const TYPE = 2
const HEADER_LENGTH_MIN = 4
const FIELD_LENGTH = 4

const HAS_CHECKSUM = 0x8000
const HAS_ROUTING = 0x4000
const HAS_KEY = 0x2000
const HAS_SEQUENCE = 0x1000
const VERSION = 0x0007
/** Version 1 only. */
const HAS_ACKNOWLEDGMENT = 0x0080
const PPTP_VERSION = 1

/** A routing entry: address family, offset, length of what follows. */
const ROUTE_HEADER_LENGTH = 4
const ROUTE_LENGTH = 3

const WCCP_TYPE = 0x883e
const WCCP_HEADER_LENGTH = 4
const ERSPAN_TYPE = 0x88be
const ERSPAN_3_TYPE = 0x22eb

/** Aruba access points send 802.11 frames under types 0x8200, 0x8210 … 0x8370. */
const ARUBA_TYPE_MIN = 0x8200
const ARUBA_TYPE_MAX = 0x8370

/** The row becomes a tunnel's when what the header names can be followed. */
export function decodeGre(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  flows.path[row] = packet.path
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  const flags = readU16(bytes, offset)
  const type = readU16(bytes, offset + TYPE)
  const version = flags & VERSION
  if (version > PPTP_VERSION || (version === PPTP_VERSION && (flags & HAS_KEY) === 0)) {
    packet.issue(DecodeIssue['bad-gre-header'])
    return 0
  }
  const headerLength = lengthOfHeader(packet, flags)
  if (headerLength === 0) return 0
  // In version 1 the key holds the payload's length and the call.
  const wireLength = version === PPTP_VERSION ? headerLength + readU16(bytes, offset + HEADER_LENGTH_MIN) : 0
  if (version === PPTP_VERSION && !packet.limit(wireLength)) packet.issue(DecodeIssue['bad-gre-header'])
  setPayload(packet, headerLength)
  if (packet.offset === packet.end) return 0

  if (type === ERSPAN_TYPE && (flags & HAS_SEQUENCE) === 0) return enterErspanTypeOne(packet)
  const protocol = typeProtocol(packet, type)
  if (protocol === 0) return Protocol.data
  enterTunnel(packet, protocol === Protocol.erspan ? protocol : Protocol.gre)
  return protocol
}

/** Bytes of the header with all that its flags announce; 0, with an issue, when they are not there. */
function lengthOfHeader(packet: Packet, flags: number): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  let length = HEADER_LENGTH_MIN
  // Checksum and routing offset share four bytes, which are there when either is.
  if ((flags & (HAS_CHECKSUM | HAS_ROUTING)) !== 0) length += FIELD_LENGTH
  if ((flags & HAS_KEY) !== 0) length += FIELD_LENGTH
  if ((flags & HAS_SEQUENCE) !== 0) length += FIELD_LENGTH
  if ((flags & VERSION) === PPTP_VERSION) {
    if ((flags & HAS_ACKNOWLEDGMENT) !== 0) length += FIELD_LENGTH
  } else if ((flags & HAS_ROUTING) !== 0) {
    // The list ends with an entry whose length is zero; each step goes at least its header further.
    for (;;) {
      if (length + ROUTE_HEADER_LENGTH > available) {
        length += ROUTE_HEADER_LENGTH
        break
      }
      const routeLength = bytes[offset + length + ROUTE_LENGTH]!
      length += ROUTE_HEADER_LENGTH + routeLength
      if (routeLength === 0) break
    }
  }
  if (length <= available) return length
  const isCut = length <= available + packet.missing
  packet.issue(DecodeIssue[isCut ? 'truncated-tunnel-header' : 'bad-gre-header'])
  return 0
}

function typeProtocol(packet: Packet, type: number): number {
  switch (type) {
    case ERSPAN_TYPE:
    case ERSPAN_3_TYPE:
      return Protocol.erspan
    case 0x880b:
      return Protocol.ppp
    case 0x2000:
      return Protocol.cdp
    case 0x2001:
      return Protocol.nhrp
    case 0x00fe:
      return Protocol.osi
    // Transparent bridging: RFC 1701's number, and the one in use, also of NVGRE (RFC 7637).
    case 0x6400:
    case 0x6558:
      return Protocol.eth
    case 0x6559:
      return Protocol.fr
    case WCCP_TYPE:
      // Version 2 has a redirect header, version 1 has none and so begins with an IP version.
      if (packet.bytes[packet.offset]! >> 4 !== 4) {
        packet.offset = Math.min(packet.offset + WCCP_HEADER_LENGTH, packet.end)
      }
      return Protocol.ip
  }
  if (type >= ARUBA_TYPE_MIN && type <= ARUBA_TYPE_MAX && (type & 15) === 0) return Protocol.wlan
  return etherTypeProtocol(type)
}

/** ERSPAN's first type has no header of its own: the mirrored frame stands right behind GRE's. */
function enterErspanTypeOne(packet: Packet): number {
  enterTunnel(packet, Protocol.erspan)
  packet.path = packet.paths.child(packet.path, Protocol.erspan)
  return Protocol.eth
}

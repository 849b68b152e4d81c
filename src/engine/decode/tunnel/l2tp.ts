/** L2TP: version 2 data messages (RFC 2661 section 3.1) carry PPP; version 3 (RFC 3931) carries what was agreed. */

import { readU16, readU32 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'
import { Protocol } from '../protocol-table.ts'
import { enterTunnel } from '../network/ip-protocol.ts'
import { etherTypeProtocol } from '../link/ether-type.ts'

const FLAG_CONTROL = 0x8000
const FLAG_LENGTH = 0x4000
const FLAG_SEQUENCE = 0x0800
const FLAG_OFFSET = 0x0200
const FLAGS_RESERVED = 0x34f0
const VERSION = 0x000f

/** Flags, tunnel and session. */
const HEADER_LENGTH_MIN = 6
/** Version 3 over UDP: flags, two reserved bytes, session. */
const HEADER_LENGTH_3 = 8
const SESSION_LENGTH = 4
const UDP = 17

/** Cookie of none, four or eight bytes, with and without the four of the default sublayer (RFC 3931 section 4.6). */
const GAP_MAX = 12
const ETHERNET_HEADER_LENGTH = 14
const ETHER_TYPE = 12

/** Whether an L2TP header stands at `packet.offset`, behind UDP. */
export function isL2tp(packet: Packet): boolean {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) return false
  const flags = readU16(bytes, offset)
  const version = flags & VERSION
  if ((flags & FLAGS_RESERVED) !== 0 || (version !== 2 && version !== 3)) return false
  const isControl = (flags & FLAG_CONTROL) !== 0
  // Control messages must have length and sequence numbers.
  if (isControl && (flags & (FLAG_LENGTH | FLAG_SEQUENCE)) !== (FLAG_LENGTH | FLAG_SEQUENCE)) return false
  if (!isControl && version === 3) return available > HEADER_LENGTH_3
  return (flags & FLAG_LENGTH) === 0 || readU16(bytes, offset + 2) <= available + packet.missing
}

/** Behind UDP, or behind IP as protocol 115, where version 3 has no flags but a session, 0 for control messages. */
export function decodeL2tp(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  if (flows.ipProtocol[row] !== UDP) {
    flows.path[row] = packet.path
    if (available < SESSION_LENGTH) {
      packet.issue(DecodeIssue['truncated-tunnel-header'])
      return 0
    }
    const isControl = readU32(bytes, offset) === 0
    setPayload(packet, SESSION_LENGTH)
    if (isControl) return 0
    const next = followSession(packet)
    if (next === Protocol.eth) enterTunnel(packet, Protocol.l2tp)
    return next
  }
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  const flags = readU16(bytes, offset)
  if ((flags & FLAG_CONTROL) !== 0) return 0
  if ((flags & VERSION) === 2) return decodeVersionTwo(packet, flags)
  if (available < HEADER_LENGTH_3) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  packet.offset = offset + HEADER_LENGTH_3
  return followSession(packet)
}

function decodeVersionTwo(packet: Packet, flags: number): number {
  const { bytes, offset } = packet
  let length = HEADER_LENGTH_MIN
  if ((flags & FLAG_LENGTH) !== 0) {
    const claimed = readU16(bytes, offset + 2)
    length += 2
    if (claimed < length || !packet.limit(claimed)) packet.issue(DecodeIssue['bad-l2tp-header'])
  }
  if ((flags & FLAG_SEQUENCE) !== 0) length += 4
  const available = packet.end - offset
  if ((flags & FLAG_OFFSET) !== 0) {
    length += 2
    if (length <= available) length += readU16(bytes, offset + length - 2)
  }
  if (length > available) {
    const isCut = length <= available + packet.missing
    packet.issue(DecodeIssue[isCut ? 'truncated-tunnel-header' : 'bad-l2tp-header'])
    return 0
  }
  packet.offset = offset + length
  return packet.offset === packet.end ? 0 : Protocol.ppp
}

/**
 * Cookie length, sublayer and payload were agreed when the session began and stand in no header. An Ethernet header
 * with a type that has a name, behind one of the four possible gaps, is followed; anything else is a leaf.
 */
function followSession(packet: Packet): number {
  const { bytes, offset, end } = packet
  for (let gap = 0; gap <= GAP_MAX; gap += 4) {
    const at = offset + gap
    if (end - at < ETHERNET_HEADER_LENGTH) break
    if (isFramePlausible(bytes, at, end)) {
      packet.offset = at
      return Protocol.eth
    }
  }
  return offset === end ? 0 : Protocol.data
}

/** An EtherType is sixteen bits, too few for a guess: IP must also look like IP. */
function isFramePlausible(bytes: Uint8Array, at: number, end: number): boolean {
  const protocol = etherTypeProtocol(readU16(bytes, at + ETHER_TYPE))
  if (protocol === Protocol.ip || protocol === Protocol.ipv6) {
    const versionAt = at + ETHERNET_HEADER_LENGTH
    return versionAt < end && bytes[versionAt]! >> 4 === (protocol === Protocol.ip ? 4 : 6)
  }
  return protocol === Protocol.arp || protocol === Protocol.vlan
}

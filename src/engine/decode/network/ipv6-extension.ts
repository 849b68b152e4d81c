/** IPv6 extension headers, RFC 8200 section 4: options, routing, fragments; and shim6 (RFC 5533), shaped alike. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { beginFragment } from './fragment.ts'
import { followIpProtocol } from './ip-protocol.ts'

/**
 * Headers followed in one packet. RFC 8200 section 4.1 knows seven at most (destination options twice); a lower limit
 * would stop at odd stacks that travel, a higher one only follows crafted ones further.
 */
export const EXTENSION_HEADER_COUNT_MAX = 16

const NEXT_HEADER = 0
const LENGTH = 1
const LENGTH_UNIT = 8

const FRAGMENT_OFFSET = 2
const FRAGMENT_IDENTIFICATION = 4
const FRAGMENT_HEADER_LENGTH = 8
const MORE_FRAGMENTS = 1

/** What the readers below return where nothing follows, or only a later fragment's bytes. */
const NOTHING = -1
const FRAGMENT_DATA = -2

export function decodeHopByHopOptions(packet: Packet): number {
  return walk(packet, Protocol['ipv6.hopopts'])
}

export function decodeDestinationOptions(packet: Packet): number {
  return walk(packet, Protocol['ipv6.dstopts'])
}

export function decodeRoutingHeader(packet: Packet): number {
  return walk(packet, Protocol['ipv6.routing'])
}

export function decodeFragmentHeader(packet: Packet): number {
  return walk(packet, Protocol['ipv6.fraghdr'])
}

export function decodeShim6(packet: Packet): number {
  return walk(packet, Protocol.shim6)
}

/** From the header that the path stands on through those that follow it. */
function walk(packet: Packet, first: number): number {
  const { flows, flow: row } = packet
  let header = first
  for (let count = 1; ; count++) {
    flows.path[row] = packet.path
    const nextHeader =
      header === Protocol['ipv6.fraghdr'] ? readFragmentHeader(packet) : readOptionsHeader(packet)
    if (nextHeader === NOTHING) return 0
    if (nextHeader === FRAGMENT_DATA) return packet.offset < packet.end ? Protocol.data : 0
    flows.ipProtocol[row] = nextHeader
    const next = followIpProtocol(packet, nextHeader)
    if (!isExtensionHeader(next)) return next
    if (count === EXTENSION_HEADER_COUNT_MAX) {
      packet.issue(DecodeIssue['too-many-extension-headers'])
      return 0
    }
    packet.path = packet.paths.child(packet.path, next)
    header = next
  }
}

function isExtensionHeader(protocol: number): boolean {
  return (
    protocol === Protocol['ipv6.hopopts'] ||
    protocol === Protocol['ipv6.dstopts'] ||
    protocol === Protocol['ipv6.routing'] ||
    protocol === Protocol['ipv6.fraghdr'] ||
    protocol === Protocol.shim6
  )
}

/** All but the fragment header say how many more units of eight bytes they have. */
function readOptionsHeader(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  const length = available < 2 ? LENGTH_UNIT : (bytes[offset + LENGTH]! + 1) * LENGTH_UNIT
  if (length > available) {
    const isCut = length <= available + packet.missing
    packet.issue(DecodeIssue[isCut ? 'truncated-network-header' : 'bad-extension-header'])
    return NOTHING
  }
  packet.offset = offset + length
  return bytes[offset + NEXT_HEADER]!
}

/** A fragment that holds the whole packet (RFC 6946) is none. */
function readFragmentHeader(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  if (available < FRAGMENT_HEADER_LENGTH) {
    const isCut = FRAGMENT_HEADER_LENGTH <= available + packet.missing
    packet.issue(DecodeIssue[isCut ? 'truncated-network-header' : 'bad-extension-header'])
    return NOTHING
  }
  packet.offset = offset + FRAGMENT_HEADER_LENGTH
  flows.ipId[row] = readI32(bytes, offset + FRAGMENT_IDENTIFICATION)
  const nextHeader = bytes[offset + NEXT_HEADER]!
  const fragment = readU16(bytes, offset + FRAGMENT_OFFSET)
  const isLast = (fragment & MORE_FRAGMENTS) === 0
  const isWhole = fragment >> 3 === 0 && isLast
  if (isWhole || beginFragment(packet, nextHeader, fragment >> 3, isLast)) return nextHeader
  flows.ipProtocol[row] = nextHeader
  return FRAGMENT_DATA
}

const HOP_BY_HOP = 0
const OPTION_PAD1 = 0x00
const OPTION_JUMBO_PAYLOAD = 0xc2

/**
 * The jumbo payload length (RFC 2675 section 2) in hop-by-hop options at `offset`, which `nextHeader` says whether
 * there are any; 0 when there is none.
 */
export function jumboPayloadLength(packet: Packet, offset: number, nextHeader: number): number {
  const { bytes, end } = packet
  if (nextHeader !== HOP_BY_HOP || end - offset < LENGTH_UNIT) return 0
  const optionsEnd = Math.min(offset + (bytes[offset + LENGTH]! + 1) * LENGTH_UNIT, end)
  let at = offset + 2
  while (at + 2 <= optionsEnd) {
    if (bytes[at] === OPTION_PAD1) {
      at++
      continue
    }
    const length = bytes[at + 1]!
    if (bytes[at] === OPTION_JUMBO_PAYLOAD && length === 4 && at + 6 <= optionsEnd) {
      return readI32(bytes, at + 2) >>> 0
    }
    at += 2 + length
  }
  return 0
}

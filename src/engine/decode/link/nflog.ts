/** Linux netfilter log (LINKTYPE_NFLOG): attributes, of which one holds the packet as the firewall saw it. */

import { readU16le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const FAMILY = 0
const HEADER_LENGTH = 4
const ATTRIBUTE_HEADER_LENGTH = 4
const NFULA_PAYLOAD = 9
/** Attribute types have their two highest bits for other things. */
const ATTRIBUTE_TYPE_MASK = 0x3fff

const AF_INET = 2
const AF_INET6 = 10

/** Attributes are in the byte order of the machine that captured, taken to be Intel's. */
export function decodeNflog(packet: Packet): number {
  const { bytes, offset, end } = packet
  if (end - offset < HEADER_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  let at = offset + HEADER_LENGTH
  while (end - at >= ATTRIBUTE_HEADER_LENGTH) {
    const length = readU16le(bytes, at)
    if (length < ATTRIBUTE_HEADER_LENGTH) break
    if ((readU16le(bytes, at + 2) & ATTRIBUTE_TYPE_MASK) === NFULA_PAYLOAD) {
      packet.offset = at + ATTRIBUTE_HEADER_LENGTH
      if (!packet.limit(length - ATTRIBUTE_HEADER_LENGTH)) packet.issue(DecodeIssue['truncated-link-header'])
      return familyProtocol(bytes[offset + FAMILY]!)
    }
    // Attributes are aligned to four bytes.
    at += (length + 3) & ~3
  }
  packet.issue(DecodeIssue['truncated-link-header'])
  return 0
}

function familyProtocol(family: number): number {
  if (family === AF_INET) return Protocol.ip
  return family === AF_INET6 ? Protocol.ipv6 : Protocol.data
}

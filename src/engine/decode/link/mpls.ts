/** MPLS label stack, RFC 3032 section 2; what follows it is told by its first four bits (RFC 4928, RFC 4385). */

import { readU16, readU32 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'

const ENTRY_LENGTH = 4
const BOTTOM_OF_STACK = 0x100
/** Segment routing stacks of ten are in use (RFC 8664); a stack of more than this is crafted. */
const LABEL_COUNT_MAX = 32

const CONTROL_WORD_LENGTH = 4
const ETHER_TYPE = 12
const ETHERNET_HEADER_LENGTH = 14

/** A label stack does not name what it carries, so that everything but IP is a guess. */
export function decodeMpls(packet: Packet): number {
  const behind = behindStack(packet)
  if (behind === -1) {
    const isCut = packet.missing > 0 && packet.end - packet.offset < LABEL_COUNT_MAX * ENTRY_LENGTH
    packet.issue(DecodeIssue[isCut ? 'truncated-link-header' : 'bad-mpls-stack'])
    return 0
  }
  packet.offset = behind
  if (behind === packet.end) return 0
  switch (packet.bytes[behind]! >> 4) {
    case 4:
      return Protocol.ip
    case 6:
      return Protocol.ipv6
    case 0:
      return Protocol.pwethheuristic
    default:
      return Protocol.data
  }
}

/** Whether a label stack with IP or an Ethernet pseudowire behind it stands at `packet.offset`. */
export function isMplsStack(packet: Packet): boolean {
  const behind = behindStack(packet)
  if (behind === -1 || behind === packet.end) return false
  const firstBits = packet.bytes[behind]! >> 4
  return firstBits === 4 || firstBits === 6 || firstBits === 0
}

/** Where the stack that begins at `packet.offset` ends; -1 when its last entry is not captured, or too deep. */
function behindStack(packet: Packet): number {
  const { bytes, offset, end } = packet
  let at = offset
  for (let label = 0; label < LABEL_COUNT_MAX && end - at >= ENTRY_LENGTH; label++) {
    const entry = readU32(bytes, at)
    at += ENTRY_LENGTH
    if ((entry & BOTTOM_OF_STACK) !== 0) return at
  }
  return -1
}

/**
 * A pseudowire of Ethernet frames, RFC 4448, with or without the control word, which also begins with four zero bits:
 * it has one unless the bytes make a better Ethernet header as they stand.
 */
export function decodeEthernetPseudowire(packet: Packet): number {
  const { bytes, offset, end } = packet
  const plain = isEthernetLikely(bytes, offset, end)
  const behindControlWord = isEthernetLikely(bytes, offset + CONTROL_WORD_LENGTH, end)
  return plain && !behindControlWord ? Protocol.eth : Protocol.pwethcw
}

/** The control word: flags, fragmentation, length and sequence number. */
export function decodeEthernetControlWord(packet: Packet): number {
  if (packet.end - packet.offset < CONTROL_WORD_LENGTH) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset += CONTROL_WORD_LENGTH
  return Protocol.eth
}

function isEthernetLikely(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < ETHERNET_HEADER_LENGTH) return false
  const type = readU16(bytes, at + ETHER_TYPE)
  return etherTypeProtocol(type) !== 0 || (type !== 0 && type <= end - at - ETHERNET_HEADER_LENGTH)
}

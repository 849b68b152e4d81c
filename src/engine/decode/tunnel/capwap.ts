/** CAPWAP data channel, RFC 5415 section 4.3: 802.11 or 802.3 frames between an access point and its controller. */

import { readU24 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const CONTROL_PORT = 5246

const PREAMBLE = 0
const HEADER = 1
const HEADER_LENGTH_MIN = 8

/** Version 0 with a header in the clear; type 1 is DTLS. */
const PREAMBLE_CLEAR = 0x00
const PREAMBLE_DTLS = 0x01

/** Of the three bytes at HEADER: length, radio, binding and flags. */
const LENGTH_SHIFT = 19
const BINDING_SHIFT = 9
const BINDING_MASK = 0x1f
const BINDING_WLAN = 1
const FLAG_NATIVE = 0x100
const FLAG_FRAGMENT = 0x080
const FLAG_KEEP_ALIVE = 0x008
const FLAGS_RESERVED = 0x007

/** Whether a CAPWAP header stands at `packet.offset`. */
export function isCapwap(packet: Packet): boolean {
  const { bytes, offset } = packet
  if (packet.end - offset < HEADER_LENGTH_MIN) return false
  if (bytes[offset + PREAMBLE] === PREAMBLE_DTLS) return readU24(bytes, offset + HEADER) === 0
  if (bytes[offset + PREAMBLE] !== PREAMBLE_CLEAR) return false
  const header = readU24(bytes, offset + HEADER)
  return (
    (header & FLAGS_RESERVED) === 0 &&
    ((header >> BINDING_SHIFT) & BINDING_MASK) === BINDING_WLAN &&
    (header >> LENGTH_SHIFT) * 4 >= HEADER_LENGTH_MIN
  )
}

/** Control messages begin with the same header and are told by their port alone: they are leaves. */
export function decodeCapwap(packet: Packet): number {
  const { bytes, offset, flows, flow: row } = packet
  const available = packet.end - offset
  if (available < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['truncated-tunnel-header'])
    return 0
  }
  const isControl = flows.srcPort[row] === CONTROL_PORT || flows.dstPort[row] === CONTROL_PORT
  if (isControl || bytes[offset + PREAMBLE] !== PREAMBLE_CLEAR) return 0
  const header = readU24(bytes, offset + HEADER)
  const length = (header >> LENGTH_SHIFT) * 4
  if (length < HEADER_LENGTH_MIN || length > available) {
    const isCut = length > available && length <= available + packet.missing
    packet.issue(DecodeIssue[isCut ? 'truncated-tunnel-header' : 'bad-capwap-header'])
    return 0
  }
  packet.offset = offset + length
  if (packet.offset === packet.end || (header & (FLAG_KEEP_ALIVE | FLAG_FRAGMENT)) !== 0) return 0
  return (header & FLAG_NATIVE) === 0 ? Protocol.eth : Protocol.wlan
}

/** TCP header, RFC 9293 section 3.1. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { setPayload } from '../payload.ts'

const SRC_PORT = 0
const DST_PORT = 2
const SEQUENCE = 4
const ACKNOWLEDGMENT = 8
const DATA_OFFSET = 12
const FLAGS = 13
const WINDOW = 14
const HEADER_LENGTH_MIN = 20

const OPTION_END = 0
const OPTION_NOP = 1
/** NOP, NOP, timestamps of ten bytes: the options of nearly every segment after the first two. */
const TIMESTAMP_OPTIONS = 0x0101080a
const TIMESTAMP_OPTIONS_PACKED = 0x811
const PACKED_KIND_MAX = 15
const PACKED_BITS_MAX = 32

/**
 * Fills ports, flags, numbers and the place of the payload. Four captured bytes are enough for the ports and fourteen
 * for the flags: a capture cut by its snaplen still shows who knocked. Nothing follows: what the payload is, the
 * conversation decides.
 */
export function decodeTcp(packet: Packet): number {
  const bytes = packet.bytes
  const start = packet.offset
  const flows = packet.flows
  const row = packet.flow
  const available = packet.end - start
  flows.path[row] = packet.path
  if (available < HEADER_LENGTH_MIN) return readCutHeader(packet, available)

  flows.srcPort[row] = readU16(bytes, start + SRC_PORT)
  flows.dstPort[row] = readU16(bytes, start + DST_PORT)
  flows.sequence[row] = readI32(bytes, start + SEQUENCE)
  flows.acknowledgment[row] = readI32(bytes, start + ACKNOWLEDGMENT)
  flows.tcpFlags[row] = bytes[start + FLAGS]!
  flows.window[row] = readU16(bytes, start + WINDOW)

  // The length counts 32-bit words, so 5 is the smallest legal value.
  const headerLength = (bytes[start + DATA_OFFSET]! >> 4) * 4
  if (headerLength > HEADER_LENGTH_MIN) readOptions(packet, headerLength)
  else if (headerLength < HEADER_LENGTH_MIN) {
    packet.issue(DecodeIssue['bad-tcp-header-length'])
    return 0
  }
  if (headerLength > available) {
    setPayload(packet, headerLength)
    return 0
  }
  // What setPayload does, in place: a call here cost the whole decoder an eighth of its speed when it was not inlined.
  const payloadOffset = start + headerLength
  packet.offset = payloadOffset
  flows.payloadOffset[row] = payloadOffset
  flows.payloadLength[row] = available - headerLength
  flows.payloadWireLength[row] = available - headerLength + packet.missing
  return 0
}

/** Packs the kinds of the first eight options: their order is a fingerprint of the sender's TCP. */
function readOptions(packet: Packet, headerLength: number): void {
  const bytes = packet.bytes
  let at = packet.offset + HEADER_LENGTH_MIN
  const headerEnd = packet.offset + headerLength
  if (headerEnd > packet.end) {
    packet.issue(
      packet.missing > 0 ? DecodeIssue['truncated-transport-header'] : DecodeIssue['bad-tcp-header-length'],
    )
  } else if (headerLength === 32 && readI32(bytes, at) === TIMESTAMP_OPTIONS) {
    packet.flows.tcpOptions[packet.flow] = TIMESTAMP_OPTIONS_PACKED
    return
  }
  const optionsEnd = Math.min(headerEnd, packet.end)
  let packed = 0
  let shift = 0
  while (at < optionsEnd) {
    const kind = bytes[at]!
    if (kind === OPTION_END) break
    if (shift < PACKED_BITS_MAX) {
      packed |= Math.min(kind, PACKED_KIND_MAX) << shift
      shift += 4
    }
    if (kind === OPTION_NOP) {
      at++
      continue
    }
    // An option whose length byte or data the snaplen cut off is not bad, only cut.
    if (at + 1 === optionsEnd && optionsEnd < headerEnd) break
    const length = at + 1 < optionsEnd ? bytes[at + 1]! : 0
    if (length < 2 || at + length > headerEnd) {
      packet.issue(DecodeIssue['bad-tcp-option'])
      break
    }
    at += length
  }
  packet.flows.tcpOptions[packet.flow] = packed
}

/** Fewer than 20 bytes: every field that is there whole. */
function readCutHeader(packet: Packet, available: number): number {
  const bytes = packet.bytes
  const start = packet.offset
  const flows = packet.flows
  const row = packet.flow
  packet.issue(DecodeIssue['truncated-transport-header'])
  if (available >= SRC_PORT + 4) {
    flows.srcPort[row] = readU16(bytes, start + SRC_PORT)
    flows.dstPort[row] = readU16(bytes, start + DST_PORT)
  }
  if (available >= SEQUENCE + 4) flows.sequence[row] = readI32(bytes, start + SEQUENCE)
  if (available >= ACKNOWLEDGMENT + 4) flows.acknowledgment[row] = readI32(bytes, start + ACKNOWLEDGMENT)
  if (available > FLAGS) {
    flows.tcpFlags[row] = bytes[start + FLAGS]!
    const headerLength = (bytes[start + DATA_OFFSET]! >> 4) * 4
    if (headerLength < HEADER_LENGTH_MIN) packet.issue(DecodeIssue['bad-tcp-header-length'])
    else setPayload(packet, headerLength)
  }
  if (available >= WINDOW + 2) flows.window[row] = readU16(bytes, start + WINDOW)
  return 0
}

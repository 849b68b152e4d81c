/** Radiotap header (radiotap.org): little-endian, a bitmap of fields, then an 802.11 frame. */

import { readU16le, readU32le } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const LENGTH = 2
const PRESENT = 4
const HEADER_LENGTH_MIN = 8

const HAS_TIME = 0x1
const HAS_FLAGS = 0x2
const HAS_MORE = 0x8000_0000
const TIME_LENGTH = 8

const FLAG_CHECK_SEQUENCE = 0x10
const CHECK_SEQUENCE_LENGTH = 4

/** Of the fields only the flags matter here: they tell whether the frame ends with its check sequence. */
export function decodeRadiotap(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  const length = available < HEADER_LENGTH_MIN ? HEADER_LENGTH_MIN : readU16le(bytes, offset + LENGTH)
  if (length < HEADER_LENGTH_MIN || bytes[offset] !== 0) {
    packet.issue(DecodeIssue[available === 0 ? 'truncated-link-header' : 'bad-radiotap-header'])
    return 0
  }
  if (length > available) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  packet.offset = offset + length
  const onWire = packet.end - packet.offset + packet.missing
  if (onWire >= CHECK_SEQUENCE_LENGTH && endsWithCheckSequence(bytes, offset, length)) {
    packet.limit(onWire - CHECK_SEQUENCE_LENGTH)
  }
  return onWire === 0 ? 0 : Protocol.wlan
}

function endsWithCheckSequence(bytes: Uint8Array, start: number, length: number): boolean {
  const present = readU32le(bytes, start + PRESENT)
  if ((present & HAS_FLAGS) === 0) return false
  let at = PRESENT + 4
  // Each bitmap says in its highest bit whether another follows; the fields of the first come first.
  for (let more = present; (more & HAS_MORE) !== 0 && at + 4 <= length; at += 4) {
    more = readU32le(bytes, start + at)
  }
  if ((present & HAS_TIME) !== 0) {
    // The time is aligned to its own size, from the start of the header.
    at = ((at + TIME_LENGTH - 1) & ~(TIME_LENGTH - 1)) + TIME_LENGTH
  }
  return at < length && (bytes[start + at]! & FLAG_CHECK_SEQUENCE) !== 0
}

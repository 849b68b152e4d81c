/** IP fragments: what only the first one holds, and how small it may be (RFC 1858, RFC 3128). */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FragmentPart } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'

const TCP = 6
const UDP = 17
const TCP_FIRST_LENGTH_MIN = 16
const UDP_FIRST_LENGTH_MIN = 8
/** An offset of eight bytes: behind TCP's ports and sequence number, before its flags. */
const OFFSET_INTO_TCP_HEADER = 1
/** Flags and window of TCP from there. */
const FLAGS = 13 - 8
const WINDOW = 14 - 8

/**
 * The current row is a fragment whose bytes begin at `packet.offset`; `offset` is its place in units of eight bytes.
 * `isLast` says that no more fragments follow it.
 * True for the first fragment, which alone has the transport header. RFC 1858 section 3: a first fragment that
 * leaves TCP's flags to the second, or a second that begins inside TCP's header, exists to pass a filter unseen.
 */
export function beginFragment(packet: Packet, ipProtocol: number, offset: number, isLast: boolean): boolean {
  const { flows, flow } = packet
  const length = packet.end - packet.offset + packet.missing
  flows.fragment[flow] = offset === 0 ? FragmentPart.first : FragmentPart.later
  flows.fragmentPath[flow] = packet.path
  if (packet.missing === 0) flows.fragmentLength[flow] = length
  if (isLast) flows.fragmentTotal[flow] = offset * 8 + length
  if (isTiny(ipProtocol, offset, length)) {
    packet.issue(DecodeIssue['tiny-first-fragment'])
    if (ipProtocol === TCP && offset !== 0) readHiddenFlags(packet)
  }
  return offset === 0
}

/** What a tiny first fragment hides stands here: the conversation puts the two together. */
function readHiddenFlags({ bytes, offset, end, flows, flow }: Packet): void {
  if (end - offset > FLAGS) flows.tcpFlags[flow] = bytes[offset + FLAGS]!
  if (end - offset >= WINDOW + 2) flows.window[flow] = readU16(bytes, offset + WINDOW)
}

function isTiny(ipProtocol: number, offset: number, length: number): boolean {
  if (ipProtocol === TCP)
    return offset === 0 ? length < TCP_FIRST_LENGTH_MIN : offset === OFFSET_INTO_TCP_HEADER
  return ipProtocol === UDP && offset === 0 && length < UDP_FIRST_LENGTH_MIN
}

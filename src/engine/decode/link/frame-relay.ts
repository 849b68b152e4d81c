/** Frame Relay: Q.922 annex A addresses, then RFC 2427 multiprotocol or Cisco's encapsulation. */

import { readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { etherTypeProtocol } from './ether-type.ts'
import { decodeSnap } from './llc.ts'
import { Nlpid, nlpidProtocol } from './osi.ts'

const ADDRESS_LENGTH_MIN = 2
const ADDRESS_LENGTH_MAX = 4
const EXTENSION_END = 1
const UNNUMBERED_INFORMATION = 0x03
const PADDING = 0x00

export function decodeFrameRelay(packet: Packet): number {
  const { bytes, end } = packet
  let at = packet.offset
  const addressEnd = Math.min(at + ADDRESS_LENGTH_MAX, end)
  while (at < addressEnd && (bytes[at]! & EXTENSION_END) === 0) at++
  at++
  if (at - packet.offset < ADDRESS_LENGTH_MIN || end - at < 2) {
    packet.issue(DecodeIssue['truncated-link-header'])
    return 0
  }
  if (bytes[at] !== UNNUMBERED_INFORMATION) {
    packet.offset = at + 2
    const protocol = ciscoProtocol(readU16(bytes, at))
    if (protocol !== 0) return protocol
    return packet.offset < end ? Protocol.data : 0
  }
  at++
  if (bytes[at] === PADDING && at + 1 < end) at++
  const nlpid = bytes[at]!
  packet.offset = at + 1
  if (nlpid === Nlpid.snap) return decodeSnap(packet)
  if (nlpid === Nlpid.ppp) return Protocol.ppp
  const protocol = nlpidProtocol(nlpid)
  if (protocol === Protocol.ip || protocol === Protocol.ipv6) return protocol
  if (protocol !== 0) {
    // The OSI protocols count the identifier as their own first byte.
    packet.offset = at
    return protocol
  }
  return packet.offset < end ? Protocol.data : 0
}

function ciscoProtocol(number: number): number {
  return number === 0x2000 ? Protocol.cdp : etherTypeProtocol(number)
}

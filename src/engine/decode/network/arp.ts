/** ARP, RFC 826; for IPv4 over Ethernet it says who asks for whom. */

import { readI32, readU16 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { FlowRole } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'

const HARDWARE_TYPE = 0
const PROTOCOL_TYPE = 2
const HARDWARE_LENGTH = 4
const PROTOCOL_LENGTH = 5
const OPERATION = 6
const SENDER_HARDWARE = 8
const SENDER = 14
const TARGET = 24
const FIXED_LENGTH = 8
const LENGTH = 28

const ETHERNET = 1
const IPV4 = 0x0800
const REPLY = 2

/**
 * A row for a request or a reply about IPv4 over Ethernet. Other kinds (ATM, InARP, RARP) say nothing about who looks
 * for whom and give none.
 */
export function decodeArp(packet: Packet): number {
  const { bytes, offset } = packet
  const available = packet.end - offset
  if (available < FIXED_LENGTH) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  if (
    readU16(bytes, offset + HARDWARE_TYPE) !== ETHERNET ||
    readU16(bytes, offset + PROTOCOL_TYPE) !== IPV4
  ) {
    return 0
  }
  if (bytes[offset + HARDWARE_LENGTH] !== 6 || bytes[offset + PROTOCOL_LENGTH] !== 4) {
    packet.issue(DecodeIssue['bad-arp'])
    return 0
  }
  if (available < LENGTH) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  const operation = readU16(bytes, offset + OPERATION)
  if (operation === 0) packet.issue(DecodeIssue['bad-arp'])
  if (operation === 0 || operation > REPLY) return 0

  const row = packet.beginFlow(
    FlowRole.arp,
    4,
    readI32(bytes, offset + SENDER),
    readI32(bytes, offset + TARGET),
  )
  if (row === -1) {
    packet.issue(DecodeIssue['too-many-layers'])
    return 0
  }
  const flows = packet.flows
  flows.path[row] = packet.path
  flows.icmpType[row] = operation
  flows.hardwareHigh[row] = readU16(bytes, offset + SENDER_HARDWARE)
  flows.hardwareLow[row] = readI32(bytes, offset + SENDER_HARDWARE + 2)
  packet.offset = offset + LENGTH
  return 0
}

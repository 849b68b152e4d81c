/** DHCP messages: addresses, client hardware and options. RFC 2131 section 2, RFC 2132 sections 3, 9 and 9.3 to 9.7. */

import { readI32, readU16, readU32 } from '../bytes.ts'
import { DecodeIssue } from '../decode-issue.ts'
import { DHCP_FIXED_LENGTH, DHCP_MAGIC } from './dhcp.ts'

const OPTION = Object.freeze({
  pad: 0,
  hostName: 12,
  requestedAddress: 50,
  messageType: 53,
  serverId: 54,
  vendorClass: 60,
  end: 255,
})

/** Message types of option 53, RFC 2132 section 9.6. */
export const DhcpType = Object.freeze({
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
})

/** Filled by readDhcpMessage, reused for every message. Offsets of -1 mean that the option is not there. */
export class DhcpMessage {
  isReply = false
  /** Of option 53; 0 in plain BOOTP. */
  messageType = 0
  /** As 32-bit words; 0 where not given. */
  yourAddress = 0
  requestedAddress = 0
  serverId = 0
  relayAddress = 0
  hardwareHigh = 0
  hardwareLow = 0
  hostNameOffset = -1
  hostNameLength = 0
  vendorClassOffset = -1
  vendorClassLength = 0
  /** DecodeIssue number, 0 for none. */
  issue = 0

  reset(): void {
    this.isReply = false
    this.messageType = this.yourAddress = this.requestedAddress = this.serverId = this.relayAddress = 0
    this.hardwareHigh = this.hardwareLow = 0
    this.hostNameOffset = this.vendorClassOffset = -1
    this.hostNameLength = this.vendorClassLength = 0
    this.issue = 0
  }
}

/** Read as much as there is. False when the bytes end before the hardware address. */
export function readDhcpMessage(
  bytes: Uint8Array,
  offset: number,
  length: number,
  message: DhcpMessage,
): boolean {
  message.reset()
  if (length < 44) return false
  message.isReply = bytes[offset] === 2
  message.yourAddress = readI32(bytes, offset + 16)
  message.relayAddress = readI32(bytes, offset + 24)
  message.hardwareHigh = readU16(bytes, offset + 28)
  message.hardwareLow = readI32(bytes, offset + 30)
  if (length < DHCP_FIXED_LENGTH + 4 || readU32(bytes, offset + DHCP_FIXED_LENGTH) !== DHCP_MAGIC) return true
  const end = offset + length
  let at = offset + DHCP_FIXED_LENGTH + 4
  while (at < end) {
    const option = bytes[at]!
    if (option === OPTION.end) return true
    if (option === OPTION.pad) {
      at++
      continue
    }
    if (at + 2 > end || at + 2 + bytes[at + 1]! > end) {
      message.issue = DecodeIssue['bad-dhcp-option']
      return true
    }
    readOption(bytes, option, at + 2, bytes[at + 1]!, message)
    at += 2 + bytes[at + 1]!
  }
  return true
}

function readOption(
  bytes: Uint8Array,
  option: number,
  at: number,
  length: number,
  message: DhcpMessage,
): void {
  if (option === OPTION.messageType && length >= 1) message.messageType = bytes[at]!
  else if (option === OPTION.requestedAddress && length >= 4) message.requestedAddress = readI32(bytes, at)
  else if (option === OPTION.serverId && length >= 4) message.serverId = readI32(bytes, at)
  else if (option === OPTION.hostName) {
    message.hostNameOffset = at
    message.hostNameLength = length
  } else if (option === OPTION.vendorClass) {
    message.vendorClassOffset = at
    message.vendorClassLength = length
  }
}

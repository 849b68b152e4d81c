/** WireGuard messages (wireguard.com/protocol): told by type and length; what they carry is encrypted. */

import { readU32 } from '../bytes.ts'
import type { Packet } from '../packet.ts'

const INITIATION_LENGTH = 148
const RESPONSE_LENGTH = 92
const COOKIE_LENGTH = 64
const TRANSPORT_LENGTH_MIN = 32
const TRANSPORT_UNIT = 16

/** Whether a WireGuard message stands at `packet.offset`: one byte of type and three of zero, in a length that fits. */
export function isWireGuard(packet: Packet): boolean {
  if (packet.end - packet.offset < 4) return false
  const length = packet.end - packet.offset + packet.missing
  switch (readU32(packet.bytes, packet.offset)) {
    case 0x0100_0000:
      return length === INITIATION_LENGTH
    case 0x0200_0000:
      return length === RESPONSE_LENGTH
    case 0x0300_0000:
      return length === COOKIE_LENGTH
    case 0x0400_0000:
      return length >= TRANSPORT_LENGTH_MIN && length % TRANSPORT_UNIT === 0
    default:
      return false
  }
}

/** Slow protocols, IEEE 802.3 annex 57A: the first byte tells link aggregation from the rest. */

import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const LACP = 1

export function decodeSlowProtocol(packet: Packet): number {
  if (packet.offset === packet.end) return 0
  return packet.bytes[packet.offset] === LACP ? Protocol.lacp : Protocol.data
}

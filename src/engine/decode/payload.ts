/** Where the payload of the current row stands. */

import type { Packet } from './packet.ts'

/**
 * The row of `packet.flow` has a transport header of `headerLength` bytes at `packet.offset`: what lies behind it up to
 * `packet.end` is its payload. A header that the snaplen cut leaves no captured payload; its length on the wire is
 * known all the same. `packet.offset` moves to the payload.
 */
export function setPayload(packet: Packet, headerLength: number): void {
  const { flows, flow: row, offset, end } = packet
  const payloadOffset = Math.min(offset + headerLength, end)
  packet.offset = payloadOffset
  flows.payloadOffset[row] = payloadOffset
  flows.payloadLength[row] = end - payloadOffset
  flows.payloadWireLength[row] = Math.max(end + packet.missing - offset - headerLength, 0)
}

/** UDP datagrams (RFC 768). */

import { concat } from './bytes.ts'
import type { Layer } from './layer.ts'

export interface UdpFields {
  readonly sourcePort: number
  readonly destinationPort: number
  /** Wrong on purpose (a `checksum` of 0 means "none" and is right for IPv4). */
  readonly length?: number
  readonly checksum?: number
}

export function udp(fields: UdpFields, data: Uint8Array = new Uint8Array(0)): Layer {
  const header = new Uint8Array(8)
  const view = new DataView(header.buffer)
  view.setUint16(0, fields.sourcePort)
  view.setUint16(2, fields.destinationPort)
  view.setUint16(4, fields.length ?? 8 + data.length)
  view.setUint16(6, fields.checksum ?? 0)
  return {
    bytes: concat(header, data),
    ipProtocol: 17,
    ...(fields.checksum === undefined && { checksum: { at: 6, from: 0, protocol: 17 } }),
  }
}

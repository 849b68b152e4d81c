/** Which decoder reads which protocol. A protocol without one is a leaf of the hierarchy. */

import type { Packet } from './packet.ts'
import { Protocol } from './protocol-table.ts'
import { decodeEthernet } from './link/ethernet.ts'
import { decodeIpv4 } from './network/ipv4.ts'
import { decodeTcp } from './transport/tcp.ts'
import { decodeUdp } from './transport/udp.ts'

/** A decoder: reads at `packet.offset`, returns the Protocol number of what follows, 0 for none. */
export type Decoder = (packet: Packet) => number

const decoders: Decoder[] = []

/** Read the header of `protocol`, on which the path already stands. */
export function decodeLayer(packet: Packet, protocol: number): number {
  if (protocol === Protocol.ip) return decodeIpv4(packet)
  if (protocol === Protocol.tcp) return decodeTcp(packet)
  if (protocol === Protocol.udp) return decodeUdp(packet)
  if (protocol === Protocol.eth) return decodeEthernet(packet)
  const decoder = decoders[protocol]
  return decoder === undefined ? 0 : decoder(packet)
}

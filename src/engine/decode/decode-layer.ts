/** Which decoder reads which protocol. A protocol without one is a leaf of the hierarchy. */

import { decodeEthernet } from './link/ethernet.ts'
import { decodeRawIp } from './link/raw-ip.ts'
import { decodeArp } from './network/arp.ts'
import { decodeIcmp } from './network/icmp.ts'
import { decodeIpv4 } from './network/ipv4.ts'
import { decodeIpv6 } from './network/ipv6.ts'
import type { Packet } from './packet.ts'
import { Protocol, PROTOCOL_COUNT } from './protocol-table.ts'
import { decodeTcp } from './transport/tcp.ts'
import { decodeUdp } from './transport/udp.ts'

/** A decoder: reads at `packet.offset`, returns the Protocol number of what follows, 0 for none. */
export type Decoder = (packet: Packet) => number

const { ip, tcp, udp, eth } = Protocol

const decoders = new Array<Decoder>(PROTOCOL_COUNT).fill(endAtLeaf)
decoders[Protocol.raw] = decodeRawIp
decoders[Protocol.arp] = decodeArp
decoders[Protocol.ipv6] = decodeIpv6
decoders[Protocol.icmp] = decodeIcmp

/** Read the header of `protocol`, on which the path already stands. */
export function decodeLayer(packet: Packet, protocol: number): number {
  // The four of nearly every frame, where a direct call can be inlined.
  if (protocol === ip) return decodeIpv4(packet)
  if (protocol === tcp) return decodeTcp(packet)
  if (protocol === udp) return decodeUdp(packet)
  if (protocol === eth) return decodeEthernet(packet)
  return decoders[protocol]!(packet)
}

/** The row of the packet that carries a leaf ends here: its payload is the leaf's bytes. */
function endAtLeaf(packet: Packet): number {
  const { flows, flow: row } = packet
  if (row === -1 || flows.carried[row] !== 0) return 0
  flows.path[row] = packet.path
  flows.payloadOffset[row] = packet.offset
  flows.payloadLength[row] = packet.end - packet.offset
  flows.payloadWireLength[row] = packet.end - packet.offset + packet.missing
  return 0
}

/** IANA protocol numbers (iana.org/assignments/protocol-numbers) to the protocols of this program. */

import { FragmentPart } from '../flow-batch.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

const { ip, ipv6, eth, mpls, data } = Protocol

const DATAGRAM_LENGTH_MAX = 65_535

/** Protocol number for an IANA protocol number, 0 for one without a name here. */
const protocolOfIp = new Uint8Array(256)

for (const [ipProtocol, protocol] of [
  [0, Protocol['ipv6.hopopts']],
  [1, Protocol.icmp],
  [2, Protocol.igmp],
  [4, ip],
  [6, Protocol.tcp],
  [9, Protocol.igrp],
  [17, Protocol.udp],
  [33, Protocol.dccp],
  [41, ipv6],
  [43, Protocol['ipv6.routing']],
  [44, Protocol['ipv6.fraghdr']],
  [46, Protocol.rsvp],
  [47, Protocol.gre],
  [50, Protocol.esp],
  [51, Protocol.ah],
  [54, Protocol.nhrp],
  [58, Protocol.icmpv6],
  [60, Protocol['ipv6.dstopts']],
  [62, Protocol.mipv6],
  [80, Protocol.osi],
  [88, Protocol.eigrp],
  [89, Protocol.ospf],
  [97, Protocol.etherip],
  [103, Protocol.pim],
  [108, Protocol.ipcomp],
  [112, Protocol.vrrp],
  [113, Protocol.pgm],
  [115, Protocol.l2tp],
  [124, Protocol.isis],
  [132, Protocol.sctp],
  [135, Protocol.mipv6],
  [136, Protocol.udplite],
  [137, mpls],
  [139, Protocol.hip],
  [140, Protocol.shim6],
  [143, eth],
] as const) {
  protocolOfIp[ipProtocol] = protocol
}

/**
 * What follows an IP header (and its extension headers) whose upper layer is `ipProtocol`, at `packet.offset`. IP,
 * Ethernet and MPLS right behind it make the row a tunnel.
 */
export function followIpProtocol(packet: Packet, ipProtocol: number): number {
  const protocol = protocolOfIp[ipProtocol]!
  if (protocol === ip || protocol === ipv6) enterTunnel(packet, ipTunnel(packet, protocol))
  else if (protocol === eth) enterTunnel(packet, Protocol.etherip)
  else if (protocol === mpls) enterTunnel(packet, mpls)
  else if (protocol === 0) return packet.offset < packet.end ? data : 0
  return protocol
}

/** From here on rows are inside `tunnel`, and the row that carries it is marked so. */
export function enterTunnel(packet: Packet, tunnel: number): void {
  const { flows, flow: row } = packet
  flows.carried[row] = tunnel
  packet.tunnel = tunnel
  // What a first fragment carries goes on in the later ones: inside, lengths beyond this frame are no lies.
  if (flows.fragment[row] === FragmentPart.first)
    packet.missing = Math.max(packet.missing, DATAGRAM_LENGTH_MAX)
}

/** IP of a version inside the same is `ipip` (RFC 2003, RFC 2473), whichever version it is. */
function ipTunnel(packet: Packet, protocol: number): number {
  const isIpv6Outside = packet.flows.ipVersion[packet.flow] === 6
  if (isIpv6Outside === (protocol === ipv6)) return Protocol.ipip
  return isIpv6Outside ? Protocol['4in6'] : Protocol['6in4']
}

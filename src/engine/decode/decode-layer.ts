/** Which decoder reads which protocol. A protocol without one is a leaf of the hierarchy. */

import { decodeArcnet } from './link/arcnet.ts'
import { decodeArista } from './link/arista-timestamp.ts'
import { decodeBsdNull } from './link/bsd-null.ts'
import { decodeCiscoHdlc } from './link/cisco-hdlc.ts'
import { decodeEthernet } from './link/ethernet.ts'
import { decodeFabricPath } from './link/fabric-path.ts'
import { decodeFddi } from './link/fddi.ts'
import { decodeFrameRelay } from './link/frame-relay.ts'
import { decodeIpnet } from './link/ipnet.ts'
import { decodeHsr } from './link/hsr.ts'
import { decodeIpOverInfiniband } from './link/ip-over-infiniband.ts'
import { decodeLinuxCooked } from './link/linux-cooked.ts'
import { decodeLlc } from './link/llc.ts'
import { decodeMacsec } from './link/macsec.ts'
import { decodeEthernetControlWord, decodeEthernetPseudowire, decodeMpls } from './link/mpls.ts'
import { decodeNflog } from './link/nflog.ts'
import { decodeNsh } from './link/nsh.ts'
import { decodeOsi } from './link/osi.ts'
import { decodePktap } from './link/pktap.ts'
import { decodePpi } from './link/ppi.ts'
import { decodePpp } from './link/ppp.ts'
import { decodePppoeSession } from './link/pppoe.ts'
import { decodePrism } from './link/prism.ts'
import { decodeRadiotap } from './link/radiotap.ts'
import { decodeRawIp } from './link/raw-ip.ts'
import { decodeSlowProtocol } from './link/slow-protocols.ts'
import { decodeTrill } from './link/trill.ts'
import { decodeVlan } from './link/vlan.ts'
import { decodeVntag } from './link/vntag.ts'
import { decodeWlan } from './link/wlan.ts'
import { decodeArp } from './network/arp.ts'
import { decodeAuthenticationHeader } from './network/authentication-header.ts'
import { decodeIcmp } from './network/icmp.ts'
import { decodeIcmpv6 } from './network/icmpv6.ts'
import { decodeIgmp } from './network/igmp.ts'
import { decodeIpv4 } from './network/ipv4.ts'
import {
  decodeDestinationOptions,
  decodeFragmentHeader,
  decodeHopByHopOptions,
  decodeRoutingHeader,
  decodeShim6,
} from './network/ipv6-extension.ts'
import { decodeIpv6 } from './network/ipv6.ts'
import type { Packet } from './packet.ts'
import { setPayload } from './payload.ts'
import { Protocol, PROTOCOL_COUNT, type ProtocolName } from './protocol-table.ts'
import { decodeDccp } from './transport/dccp.ts'
import { decodeSctp } from './transport/sctp.ts'
import { decodeTcp } from './transport/tcp.ts'
import { decodeUdpLite } from './transport/udp-lite.ts'
import { decodeUdp } from './transport/udp.ts'
import { decodeCapwap } from './tunnel/capwap.ts'
import { decodeErspan } from './tunnel/erspan.ts'
import { decodeEtherIp } from './tunnel/etherip.ts'
import { decodeGeneve } from './tunnel/geneve.ts'
import { decodeGre } from './tunnel/gre.ts'
import { decodeGtp } from './tunnel/gtp.ts'
import { decodeL2tp } from './tunnel/l2tp.ts'
import { decodeTeredo } from './tunnel/teredo.ts'
import { decodeVxlan } from './tunnel/vxlan.ts'

/** A decoder: reads at `packet.offset`, returns the Protocol number of what follows, 0 for none. */
export type Decoder = (packet: Packet) => number

/** Every protocol that is not a leaf. */
export const decoderOf: Readonly<Partial<Record<ProtocolName, Decoder>>> = Object.freeze({
  eth: decodeEthernet,
  llc: decodeLlc,
  vlan: decodeVlan,
  ieee8021ad: decodeVlan,
  vntag: decodeVntag,
  hsr: decodeHsr,
  macsec: decodeMacsec,
  trill: decodeTrill,
  slow: decodeSlowProtocol,
  osi: decodeOsi,
  sll: decodeLinuxCooked,
  null: decodeBsdNull,
  raw: decodeRawIp,
  ppp: decodePpp,
  pppoes: decodePppoeSession,
  chdlc: decodeCiscoHdlc,
  fddi: decodeFddi,
  fr: decodeFrameRelay,
  radiotap: decodeRadiotap,
  ppi: decodePpi,
  prism: decodePrism,
  wlan: decodeWlan,
  pktap: decodePktap,
  nflog: decodeNflog,
  mpls: decodeMpls,
  nsh: decodeNsh,
  cfp: decodeFabricPath,
  arcnet: decodeArcnet,
  ipoib: decodeIpOverInfiniband,
  ipnet: decodeIpnet,
  avsp: decodeArista,
  pwethheuristic: decodeEthernetPseudowire,
  pwethcw: decodeEthernetControlWord,

  arp: decodeArp,
  ip: decodeIpv4,
  ipv6: decodeIpv6,
  'ipv6.hopopts': decodeHopByHopOptions,
  'ipv6.routing': decodeRoutingHeader,
  'ipv6.fraghdr': decodeFragmentHeader,
  'ipv6.dstopts': decodeDestinationOptions,
  shim6: decodeShim6,
  ah: decodeAuthenticationHeader,
  icmp: decodeIcmp,
  icmpv6: decodeIcmpv6,
  igmp: decodeIgmp,

  tcp: decodeTcp,
  udp: decodeUdp,
  udplite: decodeUdpLite,
  sctp: decodeSctp,
  dccp: decodeDccp,

  gre: decodeGre,
  erspan: decodeErspan,
  etherip: decodeEtherIp,
  vxlan: decodeVxlan,
  geneve: decodeGeneve,
  gtp: decodeGtp,
  l2tp: decodeL2tp,
  teredo: decodeTeredo,
  capwap: decodeCapwap,
})

const decoders = new Array<Decoder>(PROTOCOL_COUNT).fill(endAtLeaf)
for (const [name, decoder] of Object.entries(decoderOf)) decoders[Protocol[name as ProtocolName]] = decoder

const { ip, tcp, udp, eth } = Protocol

/** Read the header of `protocol`, on which the path already stands. */
export function decodeLayer(packet: Packet, protocol: number): number {
  // The four of nearly every frame, where a direct call can be inlined.
  if (protocol === ip) return decodeIpv4(packet)
  if (protocol === tcp) return decodeTcp(packet)
  if (protocol === udp) return decodeUdp(packet)
  if (protocol === eth) return decodeEthernet(packet)
  return decoders[protocol]!(packet)
}

/** The row of the packet that carries a leaf ends here, unless a tunnel does: its payload is the leaf's bytes. */
function endAtLeaf(packet: Packet): number {
  const { flows, flow: row } = packet
  if (row === -1 || flows.carried[row] !== 0) return 0
  flows.path[row] = packet.path
  setPayload(packet, 0)
  return 0
}

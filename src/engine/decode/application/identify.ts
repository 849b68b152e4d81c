/** Which application a payload belongs to: by its own bytes, and, failing that, by its ports. */

import { Protocol } from '../protocol-table.ts'
import { TCP_PORTS, UDP_PORTS, portTable } from './application-port-table.ts'
import { looksLikeDns, looksLikeDnsOverTcp } from './dns.ts'
import { looksLikeIsakmpOverUdp } from './isakmp.ts'
import {
  TCP_SHAPES,
  UDP_SHAPES,
  rowsByFirstByte,
  tcpPortShapes,
  udpPortShapes,
  type PayloadShape,
  type ShapeRows,
} from './payload-shape-table.ts'
import { looksLikeNbns } from './nbns.ts'
import { rpcProgram, rpcProgramOverTcp } from './rpc.ts'
import { protocolOfRpcProgram } from './rpc-program-table.ts'

const TCP = 6
const UDP = 17
const DNS_PORT = 53
const MDNS_PORT = 5353
const LLMNR_PORT = 5355
const NBNS_PORT = 137
const IPSEC_NAT_PORT = 4500

const tcpPorts = portTable(TCP_PORTS)
const udpPorts = portTable(UDP_PORTS)
const tcpShapeProtocols = TCP_SHAPES.map(([name]) => Protocol[name])
const tcpShapeRows = rowsByFirstByte(TCP_SHAPES)
const udpShapeRows = rowsByFirstByte(UDP_SHAPES)
const udpShapeProtocols = UDP_SHAPES.map(([name]) => Protocol[name])

/**
 * Protocol number of the application whose message starts at `bytes[offset .. offset + length)`, the payload of a
 * TCP or UDP packet (`ipProtocol` 6 or 17); 0 when the bytes do not tell. `length` counts captured bytes.
 *
 * A wrong name is worse than none: a shape that few other bytes can have names its protocol on any port, a weaker one
 * only confirms what a port of the packet says already. Meant for the first few payloads of a conversation, since only
 * beginnings have shapes. Allocates nothing.
 */
export function identifyByPayload(
  bytes: Uint8Array,
  offset: number,
  length: number,
  ipProtocol: number,
  srcPort: number,
  dstPort: number,
): number {
  if (length <= 0) return 0
  if (ipProtocol === TCP) return identifyTcp(bytes, offset, length, srcPort, dstPort)
  return ipProtocol === UDP ? identifyUdp(bytes, offset, length, srcPort, dstPort) : 0
}

/**
 * Protocol number registered for one of the ports, 0 for none: the lower port first, as the side with the registered
 * service mostly has it. It says what should be spoken there, not what is.
 */
export function applicationOfPort(ipProtocol: number, srcPort: number, dstPort: number): number {
  if (ipProtocol !== TCP && ipProtocol !== UDP) return 0
  const table = ipProtocol === TCP ? tcpPorts : udpPorts
  const low = Math.min(srcPort, dstPort)
  const byLow = low >= 0 ? (table[low] ?? 0) : 0
  if (byLow !== 0) return byLow
  const high = Math.max(srcPort, dstPort)
  return high >= 0 ? (table[high] ?? 0) : 0
}

function identifyTcp(
  bytes: Uint8Array,
  offset: number,
  length: number,
  srcPort: number,
  dstPort: number,
): number {
  const byShape = firstShape(TCP_SHAPES, tcpShapeRows, tcpShapeProtocols, bytes, offset, length)
  if (byShape !== 0) return byShape
  const program = rpcProgramOverTcp(bytes, offset, length)
  if (program !== 0) return protocolOfRpcProgram(program)
  const byPort = confirmPort(tcpPorts, tcpPortShapes, bytes, offset, length, srcPort, dstPort)
  if (byPort !== 0) return byPort
  // DNS elsewhere than on port 53: only a whole message, since a length and a header are not much to go by.
  const isWholeDns = length > 2 && length === 2 + ((bytes[offset]! << 8) | bytes[offset + 1]!)
  return isWholeDns && looksLikeDnsOverTcp(bytes, offset, length) ? dnsFamily(srcPort, dstPort) : 0
}

/** A server that asks another from port 5353 still speaks DNS: port 53 decides before the others. */
function dnsFamily(srcPort: number, dstPort: number): number {
  if (srcPort === DNS_PORT || dstPort === DNS_PORT) return Protocol.dns
  if (srcPort === MDNS_PORT || dstPort === MDNS_PORT) return Protocol.mdns
  return srcPort === LLMNR_PORT || dstPort === LLMNR_PORT ? Protocol.llmnr : Protocol.dns
}

function identifyUdp(
  bytes: Uint8Array,
  offset: number,
  length: number,
  srcPort: number,
  dstPort: number,
): number {
  // The four that share DNS's form are told apart by their ports alone.
  if (srcPort === NBNS_PORT || dstPort === NBNS_PORT) {
    if (looksLikeNbns(bytes, offset, length)) return Protocol.nbns
  } else if (looksLikeDns(bytes, offset, length)) {
    return dnsFamily(srcPort, dstPort)
  }
  if (
    (srcPort === IPSEC_NAT_PORT || dstPort === IPSEC_NAT_PORT) &&
    looksLikeIsakmpOverUdp(bytes, offset, length)
  ) {
    return Protocol.isakmp
  }
  const byShape = firstShape(UDP_SHAPES, udpShapeRows, udpShapeProtocols, bytes, offset, length)
  if (byShape !== 0) return byShape
  const program = rpcProgram(bytes, offset, length)
  if (program !== 0) return protocolOfRpcProgram(program)
  return confirmPort(udpPorts, udpPortShapes, bytes, offset, length, srcPort, dstPort)
}

function firstShape(
  rows: ShapeRows,
  rowsOfByte: readonly Uint8Array[],
  protocols: readonly number[],
  bytes: Uint8Array,
  offset: number,
  length: number,
): number {
  const candidates = rowsOfByte[bytes[offset]!]!
  for (let i = 0; i < candidates.length; i++) {
    const row = candidates[i]!
    if (rows[row]![1](bytes, offset, length)) return protocols[row]!
  }
  return 0
}

/** Protocol of either port whose shape the payload has, the lower port first; 0 for none. */
function confirmPort(
  ports: Uint8Array,
  shapes: readonly (PayloadShape | undefined)[],
  bytes: Uint8Array,
  offset: number,
  length: number,
  srcPort: number,
  dstPort: number,
): number {
  const low = ports[Math.min(srcPort, dstPort)] ?? 0
  if (low !== 0 && shapes[low]?.(bytes, offset, length) === true) return low
  const high = ports[Math.max(srcPort, dstPort)] ?? 0
  return high !== 0 && shapes[high]?.(bytes, offset, length) === true ? high : 0
}

/** Tunnels over UDP, told by a registered port and a header that is what that port promises. */

import { DecodeIssue } from '../decode-issue.ts'
import { isMplsStack } from '../link/mpls.ts'
import { enterTunnel } from '../network/ip-protocol.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'
import { isCapwap } from './capwap.ts'
import { isGeneve } from './geneve.ts'
import { gtpProtocol } from './gtp.ts'
import { isL2tp } from './l2tp.ts'
import { isTeredo } from './teredo.ts'
import { isVxlan } from './vxlan.ts'
import { isWireGuard } from './wireguard.ts'

const { vxlan, geneve, gtp, l2tp, teredo, mpls, capwap, wg } = Protocol

/**
 * Protocol number of the tunnel that a UDP port is for, 0 for nearly all. IANA's numbers, and what is in use beside
 * them: 8472 was Linux's VXLAN before there was a number, 51820 is in WireGuard's documents.
 */
export const tunnelOfPort = new Uint8Array(65_536)

for (const [port, tunnel] of [
  [1701, l2tp],
  [2123, gtp],
  [2152, gtp],
  [3386, gtp],
  [3544, teredo],
  [4789, vxlan],
  [4790, vxlan],
  [5246, capwap],
  [5247, capwap],
  [6081, geneve],
  [6635, mpls],
  [8472, vxlan],
  [51_820, wg],
] as const) {
  tunnelOfPort[port] = tunnel
}

/**
 * The protocol of the tunnel in the datagram whose payload stands at `packet.offset`, 0 when it holds none. A payload
 * that only its destination port calls a tunnel is an issue: someone speaks something else there.
 */
export function followUdpTunnel(packet: Packet, srcPort: number, dstPort: number): number {
  if (packet.offset === packet.end) return 0
  const expected = tunnelOfPort[dstPort]!
  let protocol = validated(packet, expected)
  // The source port of the others is made from the packet inside, so that it says nothing.
  const expectedOfAnswer = tunnelOfPort[srcPort]!
  if (protocol === 0 && isSymmetric(expectedOfAnswer)) protocol = validated(packet, expectedOfAnswer)
  if (protocol !== 0) enterTunnel(packet, protocol)
  else if (expected !== 0) countStranger(packet, expected)
  return protocol
}

function isSymmetric(tunnel: number): boolean {
  return tunnel === gtp || tunnel === l2tp || tunnel === teredo || tunnel === capwap || tunnel === wg
}

function validated(packet: Packet, tunnel: number): number {
  switch (tunnel) {
    case vxlan:
      return isVxlan(packet) ? vxlan : 0
    case geneve:
      return isGeneve(packet) ? geneve : 0
    case gtp:
      return gtpProtocol(packet)
    case l2tp:
      return isL2tp(packet) ? l2tp : 0
    case teredo:
      return isTeredo(packet) ? teredo : 0
    case mpls:
      return isMplsStack(packet) ? mpls : 0
    case capwap:
      return isCapwap(packet) ? capwap : 0
    case wg:
      return isWireGuard(packet) ? wg : 0
    default:
      return 0
  }
}

function countStranger(packet: Packet, tunnel: number): void {
  switch (tunnel) {
    case vxlan:
      packet.issue(DecodeIssue['bad-vxlan-header'])
      return
    case geneve:
      packet.issue(DecodeIssue['bad-geneve-header'])
      return
    case gtp:
      packet.issue(DecodeIssue['bad-gtp-header'])
      return
    case l2tp:
      packet.issue(DecodeIssue['bad-l2tp-header'])
      return
    case teredo:
      packet.issue(DecodeIssue['bad-teredo-header'])
      return
    case mpls:
      packet.issue(DecodeIssue['bad-mpls-stack'])
      return
    case capwap:
      packet.issue(DecodeIssue['bad-capwap-header'])
  }
}

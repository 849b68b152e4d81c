/** One packet as evidence bits: what it shows about its sender's side of a conversation. */

import { FlowRole, FragmentPart, NO_TCP_FLAGS, type FlowBatch } from '../decode/flow-batch.ts'
import { ErrorSeen, IcmpSeen, LinkSeen, SctpSeen, TcpSeen, UdpSeen } from './conversation-row.ts'

const FIN = 0x01
const SYN = 0x02
const RST = 0x04
const PSH = 0x08
const ACK = 0x10
const URG = 0x20

const ICMP = 1
const TCP = 6
const UDP = 17
const ICMPV6 = 58
const SCTP = 132
const UDPLITE = 136

/** The 16 evidence bits of row `row`, by its protocol's meanings in conversation-row. */
export function evidenceOf(flows: FlowBatch, row: number): number {
  const protocol = flows.ipProtocol[row]!
  if (protocol === TCP) {
    const flags = flows.tcpFlags[row]!
    // Later fragments, and captures cut before the flags, say nothing: least of all that no flag was set.
    if (flags === NO_TCP_FLAGS) return 0
    const isLater = flows.fragment[row] === FragmentPart.later
    return tcpEvidence(flags, flows.payloadWireLength[row]! > 0 && !isLater, flows.window[row]!)
  }
  if (protocol === UDP || protocol === UDPLITE) {
    return flows.payloadWireLength[row]! > 0 || flows.fragment[row]! !== 0 ? UdpSeen.data : UdpSeen.empty
  }
  const role = flows.role[row]!
  if (role === FlowRole.arp) {
    const bits = flows.icmpType[row]! === 1 ? LinkSeen.request : LinkSeen.reply
    return flows.src[row] === flows.dst[row] ? bits | LinkSeen.gratuitous : bits
  }
  if (role === FlowRole.neighbor) return flows.icmpType[row]! === 135 ? LinkSeen.request : LinkSeen.reply
  if (protocol === ICMP) return icmpEvidence(flows.icmpType[row]!)
  if (protocol === ICMPV6) return icmpv6Evidence(flows.icmpType[row]!)
  if (protocol === SCTP) return sctpEvidence(flows.icmpType[row]!)
  return flows.payloadWireLength[row]! > 0 ? UdpSeen.data : UdpSeen.empty
}

function tcpEvidence(flags: number, hasData: boolean, window: number): number {
  const seen = hasData ? TcpSeen.data : 0
  const core = flags & (FIN | SYN | RST | ACK)
  if (core === ACK) return seen | TcpSeen.ack
  // What a SYN carries waits for the handshake (RFC 9293 section 3.10.7.4): nobody has taken it yet.
  if (core === SYN) return TcpSeen.syn
  if (core === (SYN | ACK)) return seen | TcpSeen.synAck
  if ((core & RST) !== 0) {
    const odd = (core & (SYN | FIN)) !== 0 ? TcpSeen.oddFlags : 0
    const ack = (core & ACK) !== 0 ? TcpSeen.ack : 0
    return seen | TcpSeen.rst | odd | ack | (window > 0 ? TcpSeen.rstWithWindow : 0)
  }
  if ((core & SYN) !== 0) return seen | TcpSeen.syn | TcpSeen.oddFlags
  if (core === (FIN | ACK)) return seen | TcpSeen.fin | TcpSeen.ack
  if (core === FIN) {
    const extra = flags & (PSH | URG)
    return seen | TcpSeen.fin | (extra === (PSH | URG) ? TcpSeen.xmasProbe : TcpSeen.finProbe)
  }
  return seen | TcpSeen.nullProbe
}

function icmpEvidence(type: number): number {
  if (type === 8) return IcmpSeen.echoRequest
  if (type === 0) return IcmpSeen.echoReply
  if (type === 13) return IcmpSeen.timestampRequest
  if (type === 17) return IcmpSeen.maskRequest
  if (type === 15) return IcmpSeen.informationRequest
  if (type === 14 || type === 16 || type === 18) return IcmpSeen.otherReply
  return type === 3 || type === 4 || type === 5 || type === 11 || type === 12
    ? IcmpSeen.error
    : IcmpSeen.other
}

function icmpv6Evidence(type: number): number {
  if (type === 128) return IcmpSeen.echoRequest
  if (type === 129) return IcmpSeen.echoReply
  return type < 128 ? IcmpSeen.error : IcmpSeen.other
}

function sctpEvidence(firstChunk: number): number {
  if (firstChunk === 1) return SctpSeen.init
  if (firstChunk === 2) return SctpSeen.initAck
  if (firstChunk === 6) return SctpSeen.abort
  if (firstChunk === 10) return SctpSeen.cookieEcho
  return firstChunk === 0 ? SctpSeen.data : SctpSeen.other
}

/** What an ICMP error says of the packet it quotes, as one ErrorSeen bit (RFC 792, RFC 4443, RFC 1812). */
export function errorOf(ipVersion: number, type: number, code: number): number {
  if (ipVersion === 6) {
    if (type === 1) return icmpv6Unreachable(code)
    if (type === 2) return ErrorSeen.tooBig
    if (type === 3) return ErrorSeen.timeExceeded
    // Parameter problem, code 1: unrecognised next header, which is IPv6's protocol unreachable.
    return type === 4 && code === 1 ? ErrorSeen.protocolUnreachable : ErrorSeen.other
  }
  if (type === 11) return ErrorSeen.timeExceeded
  if (type !== 3) return ErrorSeen.other
  if (code === 3) return ErrorSeen.portUnreachable
  if (code === 2) return ErrorSeen.protocolUnreachable
  if (code === 9 || code === 10 || code === 13) return ErrorSeen.adminProhibited
  if (code === 4) return ErrorSeen.tooBig
  return code === 0 || code === 6 || code === 11 ? ErrorSeen.netUnreachable : ErrorSeen.hostUnreachable
}

function icmpv6Unreachable(code: number): number {
  if (code === 4) return ErrorSeen.portUnreachable
  if (code === 1 || code === 5 || code === 6) return ErrorSeen.adminProhibited
  return code === 0 ? ErrorSeen.netUnreachable : ErrorSeen.hostUnreachable
}

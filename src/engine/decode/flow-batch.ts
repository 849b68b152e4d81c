/** What decoding found in a batch of frames: one row for every IP header (and ARP), as parallel columns. */

import { FRAME_BATCH_MAX } from '../capture/frame-batch.ts'

/** IP headers followed inside one frame; deeper nesting is an issue, not a row. Zeek's Tunnel::max_depth is 4. */
export const FLOWS_PER_FRAME_MAX = 8
export const FLOW_BATCH_MAX = FRAME_BATCH_MAX * 4

/** What a row is evidence of. */
export const FlowRole = Object.freeze({
  /** A packet that travelled: it counts. */
  packet: 0,
  /** The header an ICMP error quotes: evidence about an earlier packet of `src`, never counted as traffic. */
  quoted: 1,
  /** An ARP packet: src asks for (icmpType 1) or answers about (2) dst. */
  arp: 2,
  /** Neighbour solicitation (icmpType 135) or advertisement (136): src asks for, or tells of, dst. */
  neighbor: 3,
})

/** No port, because the protocol has none or the packet is a later fragment. */
export const NO_PORT = -1

/** `tcpFlags` of a packet whose flags were not captured, or are in another fragment. */
export const NO_TCP_FLAGS = 0x100

export const FragmentPart = Object.freeze({ whole: 0, first: 1, later: 2 })

/**
 * Rows 0 to count - 1. A decoder starts a row with `begin`, which sets every column, so that nothing of an
 * earlier packet can be seen through a short one.
 */
export class FlowBatch {
  count = 0
  /** Index of the frame in its FrameBatch. */
  readonly frame = new Int32Array(FLOW_BATCH_MAX)
  readonly role = new Uint8Array(FLOW_BATCH_MAX)
  /** 0 for the outermost IP header; else the Protocol number of the tunnel that carries this one. */
  readonly tunnel = new Uint8Array(FLOW_BATCH_MAX)
  /** 4 or 6. */
  readonly ipVersion = new Uint8Array(FLOW_BATCH_MAX)
  /** IPv4: the address as a 32-bit word (signed). IPv6: its number in the AddressTable. */
  readonly src = new Int32Array(FLOW_BATCH_MAX)
  readonly dst = new Int32Array(FLOW_BATCH_MAX)
  /** IANA protocol number of what IP carries, extension headers skipped. */
  readonly ipProtocol = new Uint8Array(FLOW_BATCH_MAX)
  readonly srcPort = new Int32Array(FLOW_BATCH_MAX)
  readonly dstPort = new Int32Array(FLOW_BATCH_MAX)
  readonly timeToLive = new Uint8Array(FLOW_BATCH_MAX)
  /** IPv4 identification, or the fragment header's of IPv6 (32 bits). */
  readonly ipId = new Int32Array(FLOW_BATCH_MAX)
  readonly fragment = new Uint8Array(FLOW_BATCH_MAX)
  /** Of a fragment: its bytes on the wire, 0 when the capture cut it and it cannot be put together. */
  readonly fragmentLength = new Int32Array(FLOW_BATCH_MAX)
  /** Of the last fragment: length of the whole datagram's payload; 0 of the others. */
  readonly fragmentTotal = new Int32Array(FLOW_BATCH_MAX)
  /** ProtocolPaths node that a fragment's bytes lie under: IP's, or that of IPv6's fragment header. */
  readonly fragmentPath = new Uint16Array(FLOW_BATCH_MAX)
  /** The eight flags, or NO_TCP_FLAGS. */
  readonly tcpFlags = new Uint16Array(FLOW_BATCH_MAX)
  readonly sequence = new Int32Array(FLOW_BATCH_MAX)
  readonly acknowledgment = new Int32Array(FLOW_BATCH_MAX)
  readonly window = new Uint16Array(FLOW_BATCH_MAX)
  /** The first eight TCP option kinds, four bits each, first in the lowest; kinds above 14 are 15. */
  readonly tcpOptions = new Int32Array(FLOW_BATCH_MAX)
  /** ICMP and ICMPv6 type and code; of a quoted row, those of the error that quotes it. SCTP: first chunk type. */
  readonly icmpType = new Uint8Array(FLOW_BATCH_MAX)
  readonly icmpCode = new Uint8Array(FLOW_BATCH_MAX)
  /** First captured byte of the transport's payload inside the batch's bytes. */
  readonly payloadOffset = new Int32Array(FLOW_BATCH_MAX)
  /** Captured payload bytes. */
  readonly payloadLength = new Int32Array(FLOW_BATCH_MAX)
  /** Payload bytes on the wire, as the IP and transport headers say. */
  readonly payloadWireLength = new Int32Array(FLOW_BATCH_MAX)
  /** Protocol number of a tunnel that decoding followed into the payload, else 0. */
  readonly carried = new Uint8Array(FLOW_BATCH_MAX)
  /** ProtocolPaths node at the transport header (or where this row's decoding ended). */
  readonly path = new Uint16Array(FLOW_BATCH_MAX)
  /** Sender's hardware address: upper 16 and lower 32 bits. ARP and neighbour rows only. */
  readonly hardwareHigh = new Uint16Array(FLOW_BATCH_MAX)
  readonly hardwareLow = new Int32Array(FLOW_BATCH_MAX)

  /** Start a row with every column set. The caller has checked that there is room. */
  begin(frame: number, role: number, tunnel: number, ipVersion: number, src: number, dst: number): number {
    const row = this.count++
    this.frame[row] = frame
    this.role[row] = role
    this.tunnel[row] = tunnel
    this.ipVersion[row] = ipVersion
    this.src[row] = src
    this.dst[row] = dst
    this.ipProtocol[row] = 0
    this.srcPort[row] = NO_PORT
    this.dstPort[row] = NO_PORT
    this.timeToLive[row] = 0
    this.ipId[row] = 0
    this.fragment[row] = FragmentPart.whole
    this.fragmentLength[row] = 0
    this.fragmentTotal[row] = 0
    this.fragmentPath[row] = 0
    this.tcpFlags[row] = NO_TCP_FLAGS
    this.sequence[row] = 0
    this.acknowledgment[row] = 0
    this.window[row] = 0
    this.tcpOptions[row] = 0
    this.icmpType[row] = 0
    this.icmpCode[row] = 0
    this.payloadOffset[row] = 0
    this.payloadLength[row] = 0
    this.payloadWireLength[row] = 0
    this.carried[row] = 0
    this.path[row] = 0
    this.hardwareHigh[row] = 0
    this.hardwareLow[row] = 0
    return row
  }
}

/** The OSI network layer: its first byte (ISO/IEC TR 9577, the NLPID) says which protocol it is, and belongs to it. */

import { DecodeIssue } from '../decode-issue.ts'
import type { Packet } from '../packet.ts'
import { Protocol } from '../protocol-table.ts'

export const Nlpid = Object.freeze({
  inactive: 0x00,
  q933: 0x08,
  snap: 0x80,
  clnp: 0x81,
  esis: 0x82,
  isis: 0x83,
  ipv6: 0x8e,
  ip: 0xcc,
  ppp: 0xcf,
})

/** Protocol number for a network layer protocol identifier, 0 for one without a name here. */
export function nlpidProtocol(nlpid: number): number {
  switch (nlpid) {
    case Nlpid.inactive:
    case Nlpid.clnp:
      return Protocol.clnp
    case Nlpid.esis:
      return Protocol.esis
    case Nlpid.isis:
      return Protocol.isis
    case Nlpid.ip:
      return Protocol.ip
    case Nlpid.ipv6:
      return Protocol.ipv6
    default:
      return 0
  }
}

export function decodeOsi(packet: Packet): number {
  if (packet.offset === packet.end) {
    packet.issue(DecodeIssue['truncated-network-header'])
    return 0
  }
  const nlpid = packet.bytes[packet.offset]!
  const protocol = nlpidProtocol(nlpid)
  // IP does not count the identifier as its own first byte; the OSI protocols do.
  if (protocol === Protocol.ip || protocol === Protocol.ipv6) packet.offset++
  return protocol === 0 ? Protocol.data : protocol
}

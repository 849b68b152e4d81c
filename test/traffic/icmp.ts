/** ICMP (RFC 792) and ICMPv6 (RFC 4443, RFC 4861) messages, and the packet that an error quotes. */

import { ipv6Bytes } from './addresses.ts'
import { concat, internetChecksum, patched } from './bytes.ts'
import type { Layer } from './layer.ts'

export interface IcmpFields {
  readonly type: number
  readonly code?: number
  /** Bytes 4 to 7: identifier and sequence number of an echo, the next hop's size of "fragmentation needed". */
  readonly rest?: Uint8Array
  /** Wrong on purpose. */
  readonly checksum?: number
}

export function icmp(fields: IcmpFields, data: Uint8Array = new Uint8Array(0)): Layer {
  const message = unsummed(fields, data)
  const sum = fields.checksum ?? internetChecksum(message)
  return { bytes: patched(message, 2, [sum >> 8, sum & 0xff]), ipProtocol: 1 }
}

export function icmpv6(fields: IcmpFields, data: Uint8Array = new Uint8Array(0)): Layer {
  const sum = fields.checksum ?? 0
  return {
    bytes: patched(unsummed(fields, data), 2, [sum >> 8, sum & 0xff]),
    ipProtocol: 58,
    ...(fields.checksum === undefined && { checksum: { at: 2, from: 0, protocol: 58 } }),
  }
}

/** Bytes 4 to 7 of an echo request or reply. */
export function echoRest(identifier: number, sequence: number): Uint8Array {
  return Uint8Array.of(identifier >> 8, identifier & 0xff, sequence >> 8, sequence & 0xff)
}

/**
 * What an ICMP error quotes of the packet that caused it: the IP header and 8 bytes more for IPv4 (RFC 792), as much as
 * keeps the whole within 1280 bytes for IPv6 (RFC 4443 section 2.4).
 */
export function quoted(ipPacket: Uint8Array): Uint8Array {
  const version = (ipPacket[0] ?? 0) >> 4
  if (version === 6) return ipPacket.slice(0, 1280 - 48)
  return ipPacket.slice(0, ((ipPacket[0] ?? 0) & 0x0f) * 4 + 8)
}

/** A neighbour solicitation (RFC 4861 section 4.3), the ARP request of IPv6. */
export function neighborSolicitation(target: string): Layer {
  return icmpv6({ type: 135 }, ipv6Bytes(target))
}

/** A solicited neighbour advertisement (RFC 4861 section 4.4). */
export function neighborAdvertisement(target: string): Layer {
  return icmpv6({ type: 136, rest: Uint8Array.of(0x60, 0, 0, 0) }, ipv6Bytes(target))
}

function unsummed(fields: IcmpFields, data: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(fields.type, fields.code ?? 0, 0, 0), fields.rest ?? new Uint8Array(4), data)
}

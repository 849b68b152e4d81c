/** What one protocol hands to the protocol below it: its bytes, and the number that names it there. */

export interface Layer {
  readonly bytes: Uint8Array
  /** For Ethernet, VLAN tags and SLL (IEEE 802 numbers). */
  readonly etherType?: number
  /** For IPv4 and for IPv6's next header (IANA protocol numbers). */
  readonly ipProtocol?: number
  /** The checksum that the IP layer below must fill in, because it covers addresses; absent when it must not. */
  readonly checksum?: PseudoHeaderChecksum
}

/** A checksum over an IP pseudo-header and an upper layer (RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1). */
export interface PseudoHeaderChecksum {
  /** Where in the layer's bytes the two bytes of the checksum stand. */
  readonly at: number
  /** Where the upper layer begins: after any extension headers. */
  readonly from: number
  readonly protocol: number
}

/** Bytes without a name are carried as they are: the layer below needs its number spelled out, or takes its default. */
export type Payload = Layer | Uint8Array

export function asLayer(payload: Payload): Layer {
  return payload instanceof Uint8Array ? { bytes: payload } : payload
}

/** IPv4 (RFC 791) and IPv6 (RFC 8200) packets, with lengths and checksums filled in unless a test asks for wrong ones. */

import { ipv4Bytes, ipv6Bytes, isIpv6 } from './addresses.ts'
import { concat, internetChecksum, patched } from './bytes.ts'
import { asLayer, type Layer, type Payload } from './layer.ts'

export interface Ipv4Fields {
  readonly source: string
  readonly destination: string
  /** Taken from the payload when it knows; 6 for plain bytes. */
  readonly protocol?: number
  readonly ttl?: number
  readonly identification?: number
  readonly typeOfService?: number
  readonly dontFragment?: boolean
  readonly moreFragments?: boolean
  /** In bytes, a multiple of 8. */
  readonly fragmentOffset?: number
  /** Header options, a multiple of 4 bytes. */
  readonly options?: Uint8Array
  /** Wrong on purpose. Each default is the right one. */
  readonly version?: number
  readonly headerLength?: number
  readonly totalLength?: number
  readonly checksum?: number
}

export function ipv4(fields: Ipv4Fields, payload: Payload): Layer {
  const layer = asLayer(payload)
  const options = fields.options ?? new Uint8Array(0)
  const source = ipv4Bytes(fields.source)
  const destination = ipv4Bytes(fields.destination)
  const protocol = fields.protocol ?? layer.ipProtocol ?? 6
  const isFragment = fields.moreFragments === true || (fields.fragmentOffset ?? 0) > 0
  const body = isFragment ? layer.bytes : checksummed(layer, source, destination)
  const header = new Uint8Array(20 + options.length)
  const view = new DataView(header.buffer)
  view.setUint8(0, ((fields.version ?? 4) << 4) | ((fields.headerLength ?? header.length) >> 2))
  view.setUint8(1, fields.typeOfService ?? 0)
  view.setUint16(2, fields.totalLength ?? header.length + body.length)
  view.setUint16(4, fields.identification ?? 0)
  const flags = (fields.dontFragment ? 0x4000 : 0) | (fields.moreFragments ? 0x2000 : 0)
  view.setUint16(6, flags | ((fields.fragmentOffset ?? 0) >> 3))
  view.setUint8(8, fields.ttl ?? 64)
  view.setUint8(9, protocol)
  header.set(source, 12)
  header.set(destination, 16)
  header.set(options, 20)
  view.setUint16(10, fields.checksum ?? internetChecksum(header))
  return { bytes: concat(header, body), etherType: 0x0800, ipProtocol: 4 }
}

export interface Ipv6Fields {
  readonly source: string
  readonly destination: string
  /** Taken from the payload when it knows; 6 for plain bytes. */
  readonly nextHeader?: number
  readonly hopLimit?: number
  readonly trafficClass?: number
  readonly flowLabel?: number
  /** Wrong on purpose. */
  readonly payloadLength?: number
}

export function ipv6(fields: Ipv6Fields, payload: Payload): Layer {
  const layer = asLayer(payload)
  const source = ipv6Bytes(fields.source)
  const destination = ipv6Bytes(fields.destination)
  const nextHeader = fields.nextHeader ?? layer.ipProtocol ?? 6
  const body = checksummed(layer, source, destination)
  const header = new Uint8Array(40)
  const view = new DataView(header.buffer)
  view.setUint32(0, 0x60000000 + (fields.trafficClass ?? 0) * 0x100000 + (fields.flowLabel ?? 0))
  view.setUint16(4, fields.payloadLength ?? body.length)
  view.setUint8(6, nextHeader)
  view.setUint8(7, fields.hopLimit ?? 64)
  header.set(source, 8)
  header.set(destination, 24)
  return { bytes: concat(header, body), etherType: 0x86dd, ipProtocol: 41 }
}

/**
 * An IPv6 extension header (RFC 8200 section 4) in front of a payload, for use inside `ipv6`. `protocol` is its own number:
 * 0 hop-by-hop, 43 routing, 60 destination options. `data` fills the header from its third byte; 6 bytes plus a multiple of 8.
 */
export function ipv6Extension(protocol: number, data: Uint8Array, payload: Payload): Layer {
  const layer = asLayer(payload)
  const header = concat(Uint8Array.of(layer.ipProtocol ?? 59, (data.length + 2) / 8 - 1), data)
  const sum = layer.checksum
  return {
    bytes: concat(header, layer.bytes),
    ipProtocol: protocol,
    ...(sum && { checksum: { ...sum, at: sum.at + header.length, from: sum.from + header.length } }),
  }
}

/** An IPv6 fragment header (RFC 8200 section 4.5). `offset` in bytes, a multiple of 8. */
export function ipv6Fragment(
  fields: {
    readonly offset: number
    readonly more: boolean
    readonly identification: number
    readonly nextHeader?: number
  },
  payload: Payload,
): Layer {
  const layer = asLayer(payload)
  const header = new Uint8Array(8)
  const view = new DataView(header.buffer)
  view.setUint8(0, fields.nextHeader ?? layer.ipProtocol ?? 59)
  view.setUint16(2, fields.offset | (fields.more ? 1 : 0))
  view.setUint32(4, fields.identification)
  return { bytes: concat(header, layer.bytes), ipProtocol: 44 }
}

/** IPv4 or IPv6 by the look of the addresses, for tests that do not care which. */
export function ip(
  fields: { readonly source: string; readonly destination: string; readonly ttl?: number },
  payload: Payload,
): Layer {
  const { source, destination, ttl } = fields
  return isIpv6(source)
    ? ipv6({ source, destination, ...(ttl === undefined ? {} : { hopLimit: ttl }) }, payload)
    : ipv4({ source, destination, ...(ttl === undefined ? {} : { ttl }) }, payload)
}

function checksummed(layer: Layer, source: Uint8Array, destination: Uint8Array): Uint8Array {
  if (layer.checksum === undefined) return layer.bytes
  const { at, from, protocol } = layer.checksum
  const upper = layer.bytes.subarray(from)
  const lengthAndProtocol = new Uint8Array(8)
  new DataView(lengthAndProtocol.buffer).setUint32(0, upper.length)
  lengthAndProtocol[7] = protocol
  const sum = internetChecksum(source, destination, lengthAndProtocol, upper)
  // A UDP checksum of zero means "none was computed", so a sum of zero is sent as its other form (RFC 768).
  const sent = sum === 0 && protocol === 17 ? 0xffff : sum
  return patched(layer.bytes, at, [sent >> 8, sent & 0xff])
}

/** Ethernet II and 802.3 frames (IEEE 802.3), VLAN tags (IEEE 802.1Q, 802.1ad) and ARP (RFC 826). */

import { ipv4Bytes, macBytes } from './addresses.ts'
import { concat, filled } from './bytes.ts'
import { asLayer, type Layer, type Payload } from './layer.ts'

export interface EthernetFields {
  readonly source?: string
  readonly destination?: string
  /** Taken from the payload when it knows; 0x0800 for plain bytes. */
  readonly etherType?: number
  /** Pad with zeros to at least this many bytes; 60 is what a network card puts on the wire. Default: no padding. */
  readonly paddedTo?: number
}

/** A whole frame, without the frame check sequence, as captures hold it. */
export function ethernet(fields: EthernetFields, payload: Payload): Uint8Array {
  const layer = asLayer(payload)
  const etherType = fields.etherType ?? layer.etherType ?? 0x0800
  const frame = concat(
    macBytes(fields.destination ?? '02:00:00:00:00:02'),
    macBytes(fields.source ?? '02:00:00:00:00:01'),
    Uint8Array.of(etherType >> 8, etherType & 0xff),
    layer.bytes,
  )
  return concat(frame, filled(Math.max(0, (fields.paddedTo ?? 0) - frame.length)))
}

export interface VlanFields {
  /** 0 to 4095. */
  readonly id: number
  readonly priority?: number
  readonly dropEligible?: boolean
  /** What the tag is announced as: 0x8100 (802.1Q, the default) or 0x88a8 (802.1ad, the outer of two). */
  readonly announcedAs?: number
  /** The type inside the tag; taken from the payload when it knows. */
  readonly etherType?: number
}

/** A VLAN tag and what it carries. Nest two for QinQ. */
export function vlan(fields: VlanFields, payload: Payload): Layer {
  const layer = asLayer(payload)
  const control = ((fields.priority ?? 0) << 13) | (fields.dropEligible ? 0x1000 : 0) | fields.id
  const inner = fields.etherType ?? layer.etherType ?? 0x0800
  const tag = Uint8Array.of(control >> 8, control & 0xff, inner >> 8, inner & 0xff)
  return { bytes: concat(tag, layer.bytes), etherType: fields.announcedAs ?? 0x8100 }
}

export interface ArpFields {
  /** 1 request (the default), 2 reply. */
  readonly operation?: number
  readonly senderMac?: string
  readonly senderAddress: string
  readonly targetMac?: string
  readonly targetAddress: string
}

/** An ARP packet for IPv4 over Ethernet: 28 bytes. */
export function arp(fields: ArpFields): Layer {
  return {
    etherType: 0x0806,
    bytes: concat(
      Uint8Array.of(0, 1, 0x08, 0x00, 6, 4, 0, fields.operation ?? 1),
      macBytes(fields.senderMac ?? '02:00:00:00:00:01'),
      ipv4Bytes(fields.senderAddress),
      macBytes(fields.targetMac ?? '00:00:00:00:00:00'),
      ipv4Bytes(fields.targetAddress),
    ),
  }
}

/** The broadcast MAC, as a request's destination. */
export const broadcastMac = 'ff:ff:ff:ff:ff:ff'

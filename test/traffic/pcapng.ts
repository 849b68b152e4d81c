/** Writes pcapng files (draft-ietf-opsawg-pcapng): a whole capture, or block by block for tests of the container. */

import { concat, filled, text } from './bytes.ts'
import type { Frame } from './frame.ts'
import type { ByteOrder } from './pcap.ts'
import type { Time } from './time.ts'

export interface PcapngInterface {
  readonly linkType?: number
  /** 0, the default, means no limit. */
  readonly snaplen?: number
  readonly name?: string
  readonly description?: string
  /** if_tsresol as its byte: 6 is 10^-6 (the default, then the option is left out), 9 is 10^-9, 0x80 + n is 2^-n. */
  readonly resolution?: number
  /** if_tsoffset: whole seconds to add to every timestamp. */
  readonly offsetSeconds?: number
}

export interface PcapngOptions {
  readonly byteOrder?: ByteOrder
  /** One Ethernet interface of nanoseconds when absent. */
  readonly interfaces?: readonly PcapngInterface[]
  readonly hardware?: string
  readonly operatingSystem?: string
  readonly application?: string
}

/** One section: its header, every interface, then every frame as an Enhanced Packet Block. */
export function pcapng(frames: readonly Frame[], options: PcapngOptions = {}): Uint8Array {
  const order = options.byteOrder ?? 'little'
  const interfaces = options.interfaces ?? [{ resolution: 9 }]
  return concat(
    sectionHeader(options, order),
    ...interfaces.map((one) => interfaceDescription(one, order)),
    ...frames.map((frame) => enhancedPacket(frame, interfaces[frame.interfaceId ?? 0] ?? {}, order)),
  )
}

export interface BlockOption {
  readonly code: number
  readonly value: Uint8Array
}

/** Any block: type, total length, body padded to 4 bytes, total length again. */
export function block(type: number, body: Uint8Array, order: ByteOrder = 'little'): Uint8Array {
  const padded = concat(body, padding(body.length))
  const length = uint32(12 + padded.length, order)
  return concat(uint32(type, order), length, padded, length)
}

/** Options with their end mark; nothing at all when there are none. */
export function blockOptions(list: readonly BlockOption[], order: ByteOrder = 'little'): Uint8Array {
  if (list.length === 0) return new Uint8Array(0)
  const encoded = list.map(({ code, value }) =>
    concat(uint16(code, order), uint16(value.length, order), value, padding(value.length)),
  )
  return concat(...encoded, filled(4))
}

export function sectionHeader(
  texts: Pick<PcapngOptions, 'hardware' | 'operatingSystem' | 'application'> = {},
  order: ByteOrder = 'little',
): Uint8Array {
  const options = textOptions([2, texts.hardware], [3, texts.operatingSystem], [4, texts.application])
  const versionAndLength = concat(uint16(1, order), uint16(0, order), filled(8, 0xff))
  return block(
    0x0a0d0d0a,
    concat(uint32(0x1a2b3c4d, order), versionAndLength, blockOptions(options, order)),
    order,
  )
}

export function interfaceDescription(fields: PcapngInterface = {}, order: ByteOrder = 'little'): Uint8Array {
  const options = textOptions([2, fields.name], [3, fields.description])
  if (fields.resolution !== undefined) options.push({ code: 9, value: Uint8Array.of(fields.resolution) })
  if (fields.offsetSeconds !== undefined)
    options.push({ code: 14, value: int64(fields.offsetSeconds, order) })
  const fixed = concat(uint16(fields.linkType ?? 1, order), filled(2), uint32(fields.snaplen ?? 0, order))
  return block(1, concat(fixed, blockOptions(options, order)), order)
}

/** The frame is cut at the interface's snaplen and its time written in the interface's units, rounded down. */
export function enhancedPacket(
  frame: Frame,
  on: PcapngInterface = { resolution: 9 },
  order: ByteOrder = 'little',
): Uint8Array {
  const captured = on.snaplen ? frame.bytes.subarray(0, on.snaplen) : frame.bytes
  const fixed = concat(
    uint32(frame.interfaceId ?? 0, order),
    timestamp(frame.time, on, order),
    uint32(captured.length, order),
    uint32(frame.originalLength ?? frame.bytes.length, order),
  )
  const options = blockOptions(textOptions([1, frame.comment]), order)
  return block(6, concat(fixed, captured, padding(captured.length), options), order)
}

/** A frame of the first interface without a time. */
export function simplePacket(
  bytes: Uint8Array,
  originalLength = bytes.length,
  order: ByteOrder = 'little',
): Uint8Array {
  return block(3, concat(uint32(originalLength, order), bytes), order)
}

/** Dropped and received counts of one interface. */
export function interfaceStatistics(
  fields: { readonly interfaceId?: number; readonly received?: number; readonly dropped?: number },
  order: ByteOrder = 'little',
): Uint8Array {
  const options: BlockOption[] = []
  if (fields.received !== undefined) options.push({ code: 4, value: int64(fields.received, order) })
  if (fields.dropped !== undefined) options.push({ code: 5, value: int64(fields.dropped, order) })
  return block(
    5,
    concat(uint32(fields.interfaceId ?? 0, order), filled(8), blockOptions(options, order)),
    order,
  )
}

/** Names for addresses (4 or 16 bytes each). */
export function nameResolution(
  records: readonly { readonly address: Uint8Array; readonly name: string }[],
  order: ByteOrder = 'little',
): Uint8Array {
  const encoded = records.map(({ address, name }) => {
    const value = concat(address, text(name), filled(1))
    const head = concat(uint16(address.length === 4 ? 1 : 2, order), uint16(value.length, order))
    return concat(head, value, padding(value.length))
  })
  return block(4, concat(...encoded, filled(4)), order)
}

/** Ticks of the interface's clock as high and low words. */
function timestamp(time: Time, on: PcapngInterface, order: ByteOrder): Uint8Array {
  const resolution = on.resolution ?? 6
  const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution)
  const seconds = BigInt(time.seconds - (on.offsetSeconds ?? 0))
  const ticks = BigInt.asUintN(
    64,
    seconds * perSecond + (BigInt(time.nanoseconds) * perSecond) / 1_000_000_000n,
  )
  return concat(uint32(Number(ticks >> 32n), order), uint32(Number(ticks & 0xffff_ffffn), order))
}

function textOptions(
  ...pairs: readonly (readonly [code: number, value: string | undefined])[]
): BlockOption[] {
  return pairs.flatMap(([code, value]) => (value === undefined ? [] : [{ code, value: text(value) }]))
}

function padding(length: number): Uint8Array {
  return filled((4 - (length % 4)) % 4)
}

function uint16(value: number, order: ByteOrder): Uint8Array {
  const result = new Uint8Array(2)
  new DataView(result.buffer).setUint16(0, value, order === 'little')
  return result
}

function uint32(value: number, order: ByteOrder): Uint8Array {
  const result = new Uint8Array(4)
  new DataView(result.buffer).setUint32(0, value, order === 'little')
  return result
}

function int64(value: number, order: ByteOrder): Uint8Array {
  const result = new Uint8Array(8)
  new DataView(result.buffer).setBigInt64(0, BigInt(value), order === 'little')
  return result
}

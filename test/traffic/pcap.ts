/** Writes pcap files (draft-ietf-opsawg-pcap) in both byte orders and both resolutions. */

import { concat } from './bytes.ts'
import type { Frame } from './frame.ts'

export type ByteOrder = 'little' | 'big'

export interface PcapOptions {
  readonly byteOrder?: ByteOrder
  /** Microseconds (0xa1b2c3d4, the default; finer digits are cut off) or nanoseconds (0xa1b23c4d). */
  readonly resolution?: 'us' | 'ns'
  /** LINKTYPE_ number; 1 is Ethernet. */
  readonly linkType?: number
  /** In the header, and frames are cut at it as a capture program would; 0 cuts nothing. */
  readonly snaplen?: number
  readonly version?: readonly [major: number, minor: number]
}

export function pcap(frames: readonly Frame[], options: PcapOptions = {}): Uint8Array {
  return concat(pcapHeader(options), ...frames.map((frame) => pcapRecord(frame, options)))
}

/** The 24 bytes at the start of the file. */
export function pcapHeader(options: PcapOptions = {}): Uint8Array {
  const little = options.byteOrder !== 'big'
  const header = new Uint8Array(24)
  const view = new DataView(header.buffer)
  view.setUint32(0, options.resolution === 'ns' ? 0xa1b23c4d : 0xa1b2c3d4, little)
  view.setUint16(4, options.version?.[0] ?? 2, little)
  view.setUint16(6, options.version?.[1] ?? 4, little)
  view.setUint32(16, options.snaplen ?? 262_144, little)
  view.setUint32(20, options.linkType ?? 1, little)
  return header
}

/** One record: 16 bytes and the frame. */
export function pcapRecord(frame: Frame, options: PcapOptions = {}): Uint8Array {
  const little = options.byteOrder !== 'big'
  const captured = options.snaplen ? frame.bytes.subarray(0, options.snaplen) : frame.bytes
  const header = new Uint8Array(16)
  const view = new DataView(header.buffer)
  const { seconds, nanoseconds } = frame.time
  view.setUint32(0, seconds, little)
  view.setUint32(4, options.resolution === 'ns' ? nanoseconds : Math.floor(nanoseconds / 1000), little)
  view.setUint32(8, captured.length, little)
  view.setUint32(12, frame.originalLength ?? frame.bytes.length, little)
  return concat(header, captured)
}

/** Pcapng blocks as the readers' tests write them: word by word, little-endian, so that any field can be wrong. */

import { CAPTURE_LIMITS, type CaptureLimits } from '../src/engine/capture/capture-limits.ts'
import { PcapngReader } from '../src/engine/capture/pcapng-reader.ts'
import { readFrames, type BlockSize, type ReadCapture } from './readers-read-frames.ts'
import {
  block,
  concat,
  enhancedPacket,
  filled,
  interfaceDescription,
  sectionHeader,
} from './traffic/index.ts'

/** A section with one Ethernet interface of microseconds. */
export const HEAD = concat(sectionHeader(), interfaceDescription())

/** An Enhanced Packet Block with a frame of `length` bytes at a whole second. */
export function packet(length: number, seconds = 1, interfaceId = 0): Uint8Array {
  return enhancedPacket({ time: { seconds, nanoseconds: 0 }, bytes: filled(length, 7), interfaceId }, {})
}

/** A packet block from its five words (interface, time high and low, captured, original) and what follows them. */
export function rawPacket(fields: readonly number[], rest: Uint8Array, type = 6): Uint8Array {
  return block(type, concat(words(...fields), rest))
}

/** 32-bit words, little-endian. */
export function words(...values: number[]): Uint8Array {
  const result = new Uint8Array(4 * values.length)
  const view = new DataView(result.buffer)
  values.forEach((value, i) => view.setUint32(4 * i, value, true))
  return result
}

export function readPcapng(
  capture: Uint8Array,
  blockSize: BlockSize = 262_144,
  limits: CaptureLimits = CAPTURE_LIMITS,
): ReadCapture {
  return readFrames(capture, blockSize, new PcapngReader(undefined, limits))
}

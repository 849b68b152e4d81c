/**
 * Enhanced Packet Blocks, and the obsolete Packet Blocks that differ from them in one field
 * (draft-ietf-opsawg-pcapng, section 4.3 and appendix A). This loop sees nearly every block of a capture.
 */

import type { ByteWindow } from '../byte-window.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { CAPTURED_LENGTH_MAX } from '../capture-reader.ts'
import { FRAME_BATCH_MAX, FRAME_ZERO_FILLED } from '../frame-batch.ts'
import type { FrameBatch } from '../frame-batch.ts'
import { ENHANCED_PACKET_BLOCK, OBSOLETE_PACKET_BLOCK } from './block-types.ts'
import type { InterfaceTable } from './interface-table.ts'
import type { OptionCursor } from './option-cursor.ts'
import { readPacketOptions } from './packet-options.ts'
import { heldSeconds, TIMESTAMP_SECONDS_MAX } from './timestamp-range.ts'

/** Offsets inside the block, which has 28 bytes before the captured bytes and 4 at its end. */
export const PACKET_BLOCK_LENGTH_MIN = 32
export const PACKET_DATA_OFFSET = 28
export const CAPTURED_LENGTH_OFFSET = 20
export const ORIGINAL_LENGTH_OFFSET = 24
export const TIMESTAMP_HIGH_OFFSET = 12
export const TIMESTAMP_LOW_OFFSET = 16

/** The interface id of the packet block at `at`: 32 bits, or 16 bits and a drop count in the obsolete block. */
export function packetInterfaceId(view: DataView, at: number, type: number, littleEndian: boolean): number {
  return type === ENHANCED_PACKET_BLOCK
    ? view.getUint32(at + 8, littleEndian)
    : view.getUint16(at + 8, littleEndian)
}

/**
 * Read packet blocks from the window's start into `batch` behind its first `firstCount` frames, and return how many
 * frames it holds then. Stops before anything that is not a complete, plausible packet block, and leaves it to others;
 * also before a block of more than `blockLengthMax` bytes, which may or may not lie in the window as a whole.
 */
export function readPacketBlocks(
  window: ByteWindow,
  littleEndian: boolean,
  interfaces: InterfaceTable,
  options: OptionCursor,
  notes: CaptureNoteBook,
  batch: FrameBatch,
  firstCount: number,
  frameCountBefore: number,
  blockLengthMax: number,
): number {
  const { view, end } = window
  const { offset, capturedLength, originalLength, seconds, nanoseconds, interfaceIndex, linkType, flags } =
    batch
  let at = window.start
  let count = firstCount
  const secondsMax = TIMESTAMP_SECONDS_MAX
  let currentId = -1
  let clock = interfaces.clockOf(0)
  let offsetSeconds = 0
  let snaplen = 0
  let listedIndex = 0
  let currentLinkType = 0
  while (count < FRAME_BATCH_MAX && at + PACKET_BLOCK_LENGTH_MIN <= end) {
    const type = view.getUint32(at, littleEndian)
    if (type !== ENHANCED_PACKET_BLOCK && type !== OBSOLETE_PACKET_BLOCK) break
    const length = view.getUint32(at + 4, littleEndian)
    const captured = view.getUint32(at + CAPTURED_LENGTH_OFFSET, littleEndian)
    const blockEnd = at + length
    if (length < PACKET_BLOCK_LENGTH_MIN || (length & 3) !== 0 || blockEnd > end) break
    if (length > blockLengthMax) break
    if (captured > length - PACKET_BLOCK_LENGTH_MIN || captured > CAPTURED_LENGTH_MAX) break
    if (view.getUint32(blockEnd - 4, littleEndian) !== length) break
    const id = packetInterfaceId(view, at, type, littleEndian)
    if (id !== currentId) {
      const index = interfaces.firstOfSection + id
      if (index >= interfaces.count) break
      currentId = id
      clock = interfaces.clockOf(index)
      offsetSeconds = interfaces.offsetSeconds[index] ?? 0
      snaplen = interfaces.snaplens[index] ?? 0
      if (snaplen === 0) snaplen = CAPTURED_LENGTH_MAX
      currentLinkType = interfaces.linkTypes[index] ?? 0
      listedIndex = interfaces.listedIndexOf(index)
    }
    const original = view.getUint32(at + ORIGINAL_LENGTH_OFFSET, littleEndian)
    const high = view.getUint32(at + TIMESTAMP_HIGH_OFFSET, littleEndian)
    const low = view.getUint32(at + TIMESTAMP_LOW_OFFSET, littleEndian)
    clock.convert(high, low)
    const second = clock.seconds + offsetSeconds
    offset[count] = at + PACKET_DATA_OFFSET
    capturedLength[count] = captured
    originalLength[count] = original
    seconds[count] = second
    nanoseconds[count] = clock.nanoseconds
    interfaceIndex[count] = listedIndex
    linkType[count] = currentLinkType
    flags[count] = 0
    if (captured > original || captured > snaplen || second > secondsMax || second < -secondsMax) {
      notePacketOddities(captured, original, snaplen, second, notes, frameCountBefore + count + 1)
      seconds[count] = heldSeconds(second)
    }
    if (captured === 0 && original === 0 && high === 0 && low === 0) {
      flags[count] = FRAME_ZERO_FILLED
      notes.addIssue('zero-filled-record', frameCountBefore + count + 1)
    }
    const optionsStart = at + PACKET_DATA_OFFSET + ((captured + 3) & ~3)
    if (optionsStart < blockEnd - 4) {
      options.open(view, optionsStart, blockEnd - 4, littleEndian)
      readPacketOptions(window.bytes, options, notes, frameCountBefore + count + 1)
    }
    count += 1
    at = blockEnd
  }
  window.start = at
  return count
}

/** Count what of a packet's header is odd and loses nothing. A `snaplen` of 0 is no limit. */
export function notePacketOddities(
  captured: number,
  original: number,
  snaplen: number,
  seconds: number,
  notes: CaptureNoteBook,
  frameNumber: number,
): void {
  if (captured > original) notes.addIssue('captured-longer-than-original', frameNumber)
  if (snaplen !== 0 && captured > snaplen) notes.addIssue('captured-longer-than-snaplen', frameNumber)
  if (Math.abs(seconds) > TIMESTAMP_SECONDS_MAX) notes.addIssue('timestamp-out-of-range', frameNumber)
}

/** The packet of an Enhanced or obsolete Packet Block that is too long for a batch. */

import type { CaptureNoteBook } from '../capture-note-book.ts'
import type { ByteWindow } from '../byte-window.ts'
import { LongRecord } from '../long-record.ts'
import type { InterfaceTable } from './interface-table.ts'
import {
  CAPTURED_LENGTH_OFFSET,
  notePacketOddities,
  ORIGINAL_LENGTH_OFFSET,
  TIMESTAMP_HIGH_OFFSET,
  TIMESTAMP_LOW_OFFSET,
} from './packet-blocks.ts'
import { heldSeconds } from './timestamp-range.ts'

/** Describe the packet of the block at the window's start, whose interface has the index `interfaceIndex`. */
export function longPacket(
  window: ByteWindow,
  littleEndian: boolean,
  interfaces: InterfaceTable,
  interfaceIndex: number,
  notes: CaptureNoteBook,
  frameNumber: number,
): LongRecord {
  const { view, start } = window
  const captured = view.getUint32(start + CAPTURED_LENGTH_OFFSET, littleEndian)
  const original = view.getUint32(start + ORIGINAL_LENGTH_OFFSET, littleEndian)
  const snaplen = interfaces.snaplens[interfaceIndex] ?? 0
  const clock = interfaces.clockOf(interfaceIndex)
  clock.convert(
    view.getUint32(start + TIMESTAMP_HIGH_OFFSET, littleEndian),
    view.getUint32(start + TIMESTAMP_LOW_OFFSET, littleEndian),
  )
  const seconds = clock.seconds + (interfaces.offsetSeconds[interfaceIndex] ?? 0)
  notePacketOddities(captured, original, snaplen, seconds, notes, frameNumber)
  return new LongRecord(window.byteOffset, captured, {
    originalLength: original,
    seconds: heldSeconds(seconds),
    nanoseconds: clock.nanoseconds,
    interfaceIndex: interfaces.listedIndexOf(interfaceIndex),
    linkType: interfaces.linkTypes[interfaceIndex] ?? 0,
    flags: 0,
  })
}

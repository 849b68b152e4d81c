/** Simple Packet Block: a frame of interface 0 without a time (draft-ietf-opsawg-pcapng, section 4.4). */

import { CAPTURED_LENGTH_MAX } from '../capture-reader.ts'
import { FRAME_WITHOUT_TIME } from '../frame-batch.ts'
import type { FrameBatch } from '../frame-batch.ts'
import type { BlockBody } from './block-body.ts'
import type { InterfaceTable } from './interface-table.ts'

const DATA_OFFSET = 4

/**
 * Captured bytes of the block: it states only the original length, and the frame is cut at the snaplen of the interface
 * and at the block's end.
 */
export function simplePacketCapturedLength(body: BlockBody, snaplen: number): number {
  const original = body.view.getUint32(body.start, body.littleEndian)
  const room = body.end - body.start - DATA_OFFSET
  return Math.min(original, room, snaplen === 0 ? CAPTURED_LENGTH_MAX + 1 : snaplen)
}

/** Put the frame at `batch[position]`, at the time of the frame before it. The section must have an interface. */
export function readSimplePacket(
  body: BlockBody,
  interfaces: InterfaceTable,
  captured: number,
  batch: FrameBatch,
  position: number,
  secondsBefore: number,
  nanosecondsBefore: number,
): void {
  const index = interfaces.firstOfSection
  batch.offset[position] = body.start + DATA_OFFSET
  batch.capturedLength[position] = captured
  batch.originalLength[position] = body.view.getUint32(body.start, body.littleEndian)
  batch.seconds[position] = secondsBefore
  batch.nanoseconds[position] = nanosecondsBefore
  batch.interfaceIndex[position] = interfaces.listedIndexOf(index)
  batch.linkType[position] = interfaces.linkTypes[index] ?? 0
  batch.flags[position] = FRAME_WITHOUT_TIME
}

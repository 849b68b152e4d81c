/** Packets by original length, in the bins of Wireshark's Packet Lengths statistic. */

import type { FrameBatch } from '../capture/frame-batch.ts'
import type { PartReader } from '../part/part-reader.ts'
import type { PartWriter } from '../part/part-writer.ts'

/** Lower edges: 0-19, 20-39, 40-79, doubling up to 5120 and more. */
export const LENGTH_BIN_MINS = [0, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120] as const

export class PacketLengths {
  readonly packetCount = new Float64Array(LENGTH_BIN_MINS.length)
  readonly byteCount = new Float64Array(LENGTH_BIN_MINS.length)

  observe(frames: FrameBatch): void {
    for (let i = 0; i < frames.count; i++) {
      const length = frames.originalLength[i]!
      // 20 << n is the edge of bin n + 1, so the bin is the bit length of length / 20.
      const bin = length >= 5120 ? 9 : 32 - Math.clz32((length / 20) | 0)
      this.packetCount[bin] = this.packetCount[bin]! + 1
      this.byteCount[bin] = this.byteCount[bin]! + length
    }
  }

  writePart(part: PartWriter): void {
    part.add('packetCount', this.packetCount)
    part.add('byteCount', this.byteCount)
  }

  /** Throws PartError. */
  readPart(part: PartReader): void {
    this.packetCount.set(part.numbers('packetCount', LENGTH_BIN_MINS.length))
    this.byteCount.set(part.numbers('byteCount', LENGTH_BIN_MINS.length))
  }

  merge(later: PacketLengths): void {
    for (let bin = 0; bin < LENGTH_BIN_MINS.length; bin++) {
      this.packetCount[bin] = this.packetCount[bin]! + later.packetCount[bin]!
      this.byteCount[bin] = this.byteCount[bin]! + later.byteCount[bin]!
    }
  }
}

/** A thread that counts ranges of a capture and hands their parts over. */

import { parentPort, workerData } from 'node:worker_threads'
import { Aggregates } from '../../engine/aggregate/aggregates.ts'
import { writeAggregates } from '../../engine/aggregate/aggregates-part.ts'
import { PartWriter, type PartArray, type PartSection } from '../../engine/part/part-writer.ts'
import type { CountedRange, RangeOrder, RangeWorkerData } from './messages.ts'
import { RangeCounter } from './range.ts'

const { descriptor, format, hashSecret, limits } = workerData as RangeWorkerData
const counter = new RangeCounter(descriptor, format)

parentPort?.on('message', (range: RangeOrder) => {
  const counted = new Aggregates(hashSecret, limits)
  for (const _ of counter.count(range, counted));
  const part = new PartWriter()
  writeAggregates(counted, part)
  const answer: CountedRange = {
    index: range.index,
    packetCount: counted.totals.packetCount,
    sections: inSharedMemory(part.sections),
  }
  parentPort?.postMessage(answer)
})

/**
 * A copy that the other thread sees without another one. Handing the tables' own buffers over would be one copy less, but
 * after the first buffer that is taken from it, V8 guards every access to any: measured, all later ranges took a third longer.
 */
function inSharedMemory(sections: readonly PartSection[]): PartSection[] {
  const placed = sections.map(({ array }) => Math.ceil(array.byteLength / 8) * 8)
  const memory = new SharedArrayBuffer(placed.reduce((sum, length) => sum + length, 0))
  let offset = 0
  return sections.map(({ name, array }, place) => {
    const Elements = array.constructor as new (
      buffer: SharedArrayBuffer,
      byteOffset: number,
      length: number,
    ) => PartArray
    const copy = new Elements(memory, offset, array.length)
    copy.set(array)
    offset += placed[place]!
    return { name, array: copy }
  })
}

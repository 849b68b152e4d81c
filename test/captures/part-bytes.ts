/** Aggregates as the bytes of a part file, and back. */

import type { Aggregates } from '../../src/engine/aggregate/aggregates.ts'
import {
  PART_NUMBERING,
  readAggregates,
  writeAggregates,
} from '../../src/engine/aggregate/aggregates-part.ts'
import type { HashSecret } from '../../src/engine/index.ts'
import { partBytes, partSections, type PartOrigin } from '../../src/engine/part/part-layout.ts'
import { PartReader } from '../../src/engine/part/part-reader.ts'
import { PartWriter } from '../../src/engine/part/part-writer.ts'

export const ORIGIN: PartOrigin = { tool: 'test', numbering: PART_NUMBERING }

export function bytesOfAggregates(aggregates: Aggregates): Uint8Array {
  const part = new PartWriter()
  writeAggregates(aggregates, part)
  return Buffer.concat([...partBytes(part.sections, ORIGIN)])
}

export function aggregatesOfBytes(bytes: Uint8Array, secret: HashSecret, origin = ORIGIN): Aggregates {
  const read = (offset: number, length: number): Uint8Array => bytes.slice(offset, offset + length)
  const sections = partSections(bytes.length, read, origin)
  const part = new PartReader(new Map(sections.map((section) => [section.name, section])))
  const aggregates = readAggregates(part, secret)
  part.finish()
  return aggregates
}

/** Parts of an analysis as files: saved whole or not at all, read piece by piece. */

import { readSync } from 'node:fs'
import { PART_NUMBERING, readAggregates, writeAggregates } from '../../engine/aggregate/aggregates-part.ts'
import type { Aggregates } from '../../engine/aggregate/aggregates.ts'
import type { HashSecret } from '../../engine/index.ts'
import { jsonBytes, jsonOfBytes } from '../../engine/part/ascii-json.ts'
import { PartError } from '../../engine/part/part-error.ts'
import { partBytes, partSections, type PartOrigin } from '../../engine/part/part-layout.ts'
import { PartReader } from '../../engine/part/part-reader.ts'
import { PartWriter } from '../../engine/part/part-writer.ts'
import { errorText, openCaptureFile } from '../capture/capture-file.ts'
import type { CaptureProblem } from '../capture/capture-set.ts'
import { partFacts, type PartFacts } from './part-facts.ts'
import { saveFile } from '../saving/save-file.ts'
import { TOOL_VERSION } from '../tool-version.ts'

const ORIGIN: PartOrigin = { tool: `nta ${TOOL_VERSION}`, numbering: PART_NUMBERING }
/** As many interfaces as are listed take 120 MB when no character of their names is ASCII, a full book of comments 24 MB. */
const FACTS_LENGTH_MAX = 256 << 20

/** Null when saved; else one sentence on what failed and what to do. */
export async function savePart(path: string, facts: PartFacts, counted: Aggregates): Promise<string | null> {
  const bytes = jsonBytes(facts)
  const problem =
    bytes.length > FACTS_LENGTH_MAX
      ? `facts take ${String(bytes.length)} bytes, of at most ${String(FACTS_LENGTH_MAX)}`
      : partFacts.problem(facts, 'facts')
  if (problem !== null) return `${path} is not saved, for nta merge would refuse it: ${problem}.`
  const part = new PartWriter()
  part.add('facts', bytes)
  writeAggregates(counted, part.under('counted'))
  const saved = await saveFile(path, partBytes(part.sections, ORIGIN))
  return saved.ok ? null : saved.error.message
}

export interface StoredPart {
  readonly facts: PartFacts
  readonly counted: Aggregates
}

/** Facts and counters; the tables are keyed with `secret`. */
export function readPart(
  path: string,
  secret: HashSecret,
): StoredPart | { readonly problem: CaptureProblem } {
  return withPart(path, (part) => {
    const facts = factsIn(part)
    const counted = readAggregates(part.under('counted'), secret)
    part.finish()
    if (counted.totals.packetCount !== facts.packetCount) {
      throw new PartError('its facts and its counters are of different captures. Make it again.', null)
    }
    return { facts, counted }
  })
}

/** The facts alone, without reading the counters. */
export function readPartFacts(
  path: string,
): { readonly facts: PartFacts } | { readonly problem: CaptureProblem } {
  return withPart(path, (part) => ({ facts: factsIn(part) }))
}

function factsIn(part: PartReader): PartFacts {
  const facts = jsonOfBytes(part.uint8('facts', FACTS_LENGTH_MAX))
  const problem = partFacts.problem(facts, 'facts')
  if (problem !== null) throw part.bad(`is not what this release writes (${problem})`)
  return facts as PartFacts
}

/** What `read` makes of the part, or why not: no error of a part or of the system is thrown. */
function withPart<T>(path: string, read: (part: PartReader) => T): T | { readonly problem: CaptureProblem } {
  const file = openCaptureFile(path)
  if ('kind' in file) return { problem: file }
  try {
    const sections = partSections(
      file.byteCount,
      (offset, length) => bytesAt(file.descriptor, offset, length),
      ORIGIN,
    )
    return read(new PartReader(new Map(sections.map((section) => [section.name, section]))))
  } catch (error) {
    if (!(error instanceof PartError)) {
      const message = `${path} cannot be read (${errorText(error)}). Copy it to a local disk and try again.`
      return { problem: { kind: 'unreadable', path, message } }
    }
    const at = error.byteOffset === null ? '' : ` (at byte ${String(error.byteOffset)})`
    return { problem: { kind: 'not-a-part', path, message: `${path}: ${error.message}${at}` } }
  } finally {
    file.close()
  }
}

/** Fewer where the file ends. */
function bytesAt(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let count = 0
  while (count < length) {
    const read = readSync(descriptor, bytes, count, length - count, offset + count)
    if (read === 0) break
    count += read
  }
  return bytes.subarray(0, count)
}

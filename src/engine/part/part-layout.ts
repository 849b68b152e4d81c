/**
 * The bytes of a part file, version 2. All numbers are little-endian.
 *
 *     0  8  magic: 0x89 'NTAP' CR LF 0x1a, which shows a transfer that took it for text (as PNG's does, W3C PNG 5.2)
 *     8  4  version of this layout
 *    12  4  length of the directory
 *    16  8  length of the whole file, as a double
 *    24  4  CRC-32 of the directory
 *    28  4  CRC-32 of the 28 bytes before
 *    32     directory: JSON in ASCII, padded with spaces to a multiple of 8
 *           { tool, numbering, sections: [[name, element, length in elements, CRC-32], …] }
 *           then the sections in that order, each padded with zeros to a multiple of 8
 *
 * Tables are found through hashes that are keyed with a secret of the run; a part holds keys and values only, and whoever
 * reads it hashes them anew under a secret of its own.
 */

import { jsonBytes, jsonOfBytes } from './ascii-json.ts'
import { checksum } from './checksum.ts'
import { PartError } from './part-error.ts'
import { elementOf, type PartElement, type StoredSection } from './part-reader.ts'
import type { PartArray, PartSection } from './part-writer.ts'

export const PART_VERSION = 2
export const PART_HEADER_LENGTH = 32
/** A full directory takes some 40 kB. */
const DIRECTORY_LENGTH_MAX = 1 << 20
const SECTION_COUNT_MAX = 4096
const NAME_LENGTH_MAX = 80
const MAGIC = [0x89, 0x4e, 0x54, 0x41, 0x50, 0x0d, 0x0a, 0x1a]

const BYTES_PER_ELEMENT: Readonly<Record<PartElement, number>> = { int32: 4, float64: 8, uint16: 2, uint8: 1 }
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Who wrote the part: only the same release, counting by the same numbers, may read it. */
export interface PartOrigin {
  readonly tool: string
  /** Checksum of every list of names whose numbers are in the part. */
  readonly numbering: number
}

/** The file piece by piece; `sections` must not change meanwhile. */
export function* partBytes(
  sections: readonly PartSection[],
  origin: PartOrigin,
): Generator<Uint8Array, void, undefined> {
  const stored = sections.map(({ name, array }) => ({
    name,
    element: elementOf(array),
    bytes: bytesOf(array),
  }))
  const rows = stored.map(({ name, element, bytes }) => [
    name,
    element,
    bytes.length / BYTES_PER_ELEMENT[element],
    checksum(bytes),
  ])
  const directory = padded(jsonBytes({ ...origin, sections: rows }), 0x20)
  const length = stored.reduce(
    (sum, { bytes }) => sum + paddedLength(bytes.length),
    PART_HEADER_LENGTH + directory.length,
  )
  yield headerBytes(directory, length)
  yield directory
  for (const { bytes } of stored) {
    yield bytes
    yield new Uint8Array(paddedLength(bytes.length) - bytes.length)
  }
}

function headerBytes(directory: Uint8Array, length: number): Uint8Array {
  const header = new Uint8Array(PART_HEADER_LENGTH)
  const view = new DataView(header.buffer)
  header.set(MAGIC)
  view.setUint32(8, PART_VERSION, true)
  view.setUint32(12, directory.length, true)
  view.setFloat64(16, length, true)
  view.setUint32(24, checksum(directory), true)
  view.setUint32(28, checksum(header.subarray(0, 28)), true)
  return header
}

/** The bytes at `[offset, offset + length)` of the part; fewer where it ends. */
export type ReadRange = (offset: number, length: number) => Uint8Array

/** The sections of a part of `byteCount` bytes; nothing but header and directory is read before a table asks. */
export function partSections(byteCount: number, read: ReadRange, origin: PartOrigin): StoredSection[] {
  const header = read(0, PART_HEADER_LENGTH)
  if (header.length < MAGIC.length || MAGIC.some((byte, at) => header[at] !== byte)) {
    throw new PartError('this is no part of an analysis. nta analyze --part makes one from a capture.', 0)
  }
  if (header.length < PART_HEADER_LENGTH) throw cut(header.length)
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const version = view.getUint32(8, true)
  if (version !== PART_VERSION) {
    const known = `this release reads version ${String(PART_VERSION)}`
    throw new PartError(
      `the part is of version ${String(version)}, and ${known}. Make it again with this release.`,
      8,
    )
  }
  if (checksum(header.subarray(0, 28)) !== view.getUint32(28, true)) throw damaged('The header', 0)
  const directoryLength = view.getUint32(12, true)
  const length = view.getFloat64(16, true)
  if (byteCount < length) throw cut(byteCount)
  if (byteCount > length) {
    throw new PartError(`bytes follow the end of the part. Copy or make it again.`, length)
  }
  if (directoryLength > DIRECTORY_LENGTH_MAX) throw damaged('The directory', 12)
  const directory = read(PART_HEADER_LENGTH, directoryLength)
  if (directory.length < directoryLength || checksum(directory) !== view.getUint32(24, true)) {
    throw damaged('The directory', PART_HEADER_LENGTH)
  }
  return sectionsOf(jsonOfBytes(directory), PART_HEADER_LENGTH + directoryLength, byteCount, read, origin)
}

function sectionsOf(
  directory: unknown,
  start: number,
  byteCount: number,
  read: ReadRange,
  origin: PartOrigin,
): StoredSection[] {
  const { tool, numbering, sections } = (directory ?? {}) as Readonly<Record<string, unknown>>
  if (tool !== origin.tool || numbering !== origin.numbering) {
    const by = typeof tool === 'string' ? tool.slice(0, NAME_LENGTH_MAX) : 'another program'
    throw new PartError(
      `the part was written by ${by}, and this is ${origin.tool}${tool === origin.tool ? ', built otherwise' : ''}. Make it again with this release, or merge it with the one that made it.`,
      PART_HEADER_LENGTH,
    )
  }
  if (!Array.isArray(sections) || sections.length > SECTION_COUNT_MAX)
    throw damaged('The directory', PART_HEADER_LENGTH)
  let offset = start
  const stored = sections.map((row: unknown): StoredSection => {
    const section = storedSection(row, offset, byteCount, read)
    offset += paddedLength(section.length * BYTES_PER_ELEMENT[section.element])
    return section
  })
  if (offset !== byteCount) throw damaged('The directory', PART_HEADER_LENGTH)
  return stored
}

function storedSection(row: unknown, byteOffset: number, byteCount: number, read: ReadRange): StoredSection {
  const [name, element, length, expected] = (Array.isArray(row) ? row : []) as unknown[]
  if (typeof name !== 'string' || name.length > NAME_LENGTH_MAX || !isElement(element) || !isCount(length)) {
    throw damaged('The directory', PART_HEADER_LENGTH)
  }
  const byteLength = length * BYTES_PER_ELEMENT[element]
  if (byteLength > byteCount - byteOffset) throw damaged('The directory', PART_HEADER_LENGTH)
  const load = (): PartArray => {
    const all = read(byteOffset, paddedLength(byteLength))
    const bytes = all.subarray(0, byteLength)
    const isPadded = all.subarray(byteLength).every((byte) => byte === 0)
    if (all.length < paddedLength(byteLength) || !isPadded || checksum(bytes) !== expected) {
      throw damaged(`Section ${name}`, byteOffset)
    }
    return arrayOf(bytes, element)
  }
  return { name, element, length, byteOffset, load }
}

/** A copy where the bytes do not lie as the element needs them. */
function arrayOf(bytes: Uint8Array, element: PartElement): PartArray {
  const width = BYTES_PER_ELEMENT[element]
  const own = bytes.byteOffset % width === 0 && IS_LITTLE_ENDIAN ? bytes : swapped(bytes, width)
  const { buffer, byteOffset } = own
  const length = own.length / width
  if (element === 'int32') return new Int32Array(buffer, byteOffset, length)
  if (element === 'float64') return new Float64Array(buffer, byteOffset, length)
  return element === 'uint16' ? new Uint16Array(buffer, byteOffset, length) : own
}

function bytesOf(array: PartArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  return IS_LITTLE_ENDIAN ? bytes : swapped(bytes, array.BYTES_PER_ELEMENT)
}

/** A copy in the machine's order of bytes, or from it. */
function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const copy = bytes.slice()
  if (IS_LITTLE_ENDIAN) return copy
  for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse()
  return copy
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isElement = (value: unknown): value is PartElement =>
  typeof value === 'string' && Object.hasOwn(BYTES_PER_ELEMENT, value)

function paddedLength(length: number): number {
  return Math.ceil(length / 8) * 8
}

function padded(bytes: Uint8Array, fill: number): Uint8Array {
  const whole = new Uint8Array(paddedLength(bytes.length)).fill(fill)
  whole.set(bytes)
  return whole
}

function cut(byteOffset: number): PartError {
  return new PartError('the part ends too early: it is cut. Copy it again, or make it again.', byteOffset)
}

function damaged(what: string, byteOffset: number): PartError {
  return new PartError(
    `${what} is damaged (its checksum does not fit). Copy it again, or make it again.`,
    byteOffset,
  )
}

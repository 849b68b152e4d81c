/** Section Header Block: who wrote the capture, in which byte order (draft-ietf-opsawg-pcapng, section 4.1). */

import { COMMENT_LENGTH_MAX } from '../capture-note-book.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { utf8Text } from '../utf8-text.ts'
import type { BlockBody } from './block-body.ts'
import { OPTION_COMMENT } from './option-cursor.ts'
import type { OptionCursor } from './option-cursor.ts'

const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const OPTIONS_OFFSET = 16

const OPTION_HARDWARE = 2
const OPTION_OPERATING_SYSTEM = 3
const OPTION_APPLICATION = 4

/** The byte order that the byte-order magic at `offset` shows; null when it is damaged. */
export function sectionByteOrder(view: DataView, offset: number): 'big-endian' | 'little-endian' | null {
  if (view.getUint32(offset) === BYTE_ORDER_MAGIC) return 'big-endian'
  if (view.getUint32(offset, true) === BYTE_ORDER_MAGIC) return 'little-endian'
  return null
}

/** Version of the section, such as 1 and 0. */
export function sectionVersion(body: BlockBody): { readonly major: number; readonly minor: number } {
  return {
    major: body.view.getUint16(body.start + 4, body.littleEndian),
    minor: body.view.getUint16(body.start + 6, body.littleEndian),
  }
}

/** Note what the section header says of its writer; where sections differ the first one counts. */
export function readSectionHeader(
  body: BlockBody,
  options: OptionCursor,
  notes: CaptureNoteBook,
  nextFrame: number,
): void {
  notes.sectionCount += 1
  options.open(body.view, body.start + OPTIONS_OFFSET, body.end, body.littleEndian)
  while (options.next()) {
    const text = (): string =>
      utf8Text(body.bytes, options.start, options.start + options.length, COMMENT_LENGTH_MAX)
    if (options.code === OPTION_COMMENT) notes.addComment(null, text())
    else if (options.code === OPTION_HARDWARE) notes.hardware ??= text()
    else if (options.code === OPTION_OPERATING_SYSTEM) notes.operatingSystem ??= text()
    else if (options.code === OPTION_APPLICATION) notes.application ??= text()
  }
  if (options.hasOverrun) notes.addIssue('option-overruns-block', nextFrame)
}

/** Interface Description Block: link type, snaplen and clock (draft-ietf-opsawg-pcapng, section 4.2). */

import { COMMENT_LENGTH_MAX, INTERFACE_NAME_LENGTH_MAX } from '../capture-note-book.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { utf8Text } from '../utf8-text.ts'
import type { BlockBody } from './block-body.ts'
import type { InterfaceDescription } from './interface-table.ts'
import { OPTION_COMMENT } from './option-cursor.ts'
import type { OptionCursor } from './option-cursor.ts'
import { DEFAULT_RESOLUTION, TickClock } from './tick-clock.ts'

const OPTIONS_OFFSET = 8

const OPTION_NAME = 2
const OPTION_DESCRIPTION = 3
const OPTION_TIMESTAMP_RESOLUTION = 9
const OPTION_FCS_LENGTH = 13
const OPTION_TIMESTAMP_OFFSET = 14

/** Read one block. Options of a wrong length, repeated or overrunning are noted and leave what was said before. */
export function readInterfaceDescription(
  body: BlockBody,
  options: OptionCursor,
  notes: CaptureNoteBook,
  nextFrame: number,
): InterfaceDescription {
  const { bytes, view, start, littleEndian } = body
  let name: string | null = null
  let description: string | null = null
  let resolution: number | null = null
  let offsetSeconds: number | null = null
  let fcsLength: number | null = null
  options.open(view, start + OPTIONS_OFFSET, body.end, littleEndian)
  while (options.next()) {
    const value = options.start
    switch (options.code) {
      case OPTION_COMMENT:
        notes.addComment(null, utf8Text(bytes, value, value + options.length, COMMENT_LENGTH_MAX))
        break
      case OPTION_NAME:
        name ??= utf8Text(bytes, value, value + options.length, INTERFACE_NAME_LENGTH_MAX)
        break
      case OPTION_DESCRIPTION:
        description ??= utf8Text(bytes, value, value + options.length, INTERFACE_NAME_LENGTH_MAX)
        break
      case OPTION_TIMESTAMP_RESOLUTION:
        if (hasLength(1) && isFirst(resolution)) resolution = view.getUint8(value)
        break
      case OPTION_FCS_LENGTH:
        if (hasLength(1) && isFirst(fcsLength)) fcsLength = view.getUint8(value)
        break
      case OPTION_TIMESTAMP_OFFSET:
        if (hasLength(8) && isFirst(offsetSeconds)) offsetSeconds = signed64(view, value, littleEndian)
        break
    }
  }
  if (options.hasOverrun) notes.addIssue('option-overruns-block', nextFrame)
  if (resolution !== null && new TickClock(resolution).isImplausible) {
    notes.addIssue('timestamp-resolution-implausible', nextFrame)
  }
  return {
    linkType: view.getUint16(start, littleEndian),
    snaplen: view.getUint32(start + 4, littleEndian),
    resolution: resolution ?? DEFAULT_RESOLUTION,
    offsetSeconds: offsetSeconds ?? 0,
    name,
    description,
    fcsLength,
  }

  function hasLength(expected: number): boolean {
    if (options.length === expected) return true
    notes.addIssue('option-wrong-length', nextFrame)
    return false
  }

  function isFirst(known: number | null): boolean {
    if (known === null) return true
    notes.addIssue('duplicate-option', nextFrame)
    return false
  }
}

/** Nearest double; beyond 2^53 the times that it is added to are out of range anyway. */
function signed64(view: DataView, offset: number, littleEndian: boolean): number {
  const high = view.getInt32(offset + (littleEndian ? 4 : 0), littleEndian)
  const low = view.getUint32(offset + (littleEndian ? 0 : 4), littleEndian)
  return high * 4_294_967_296 + low
}

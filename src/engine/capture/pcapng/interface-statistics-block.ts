/** Interface Statistics Block: packets received and dropped (draft-ietf-opsawg-pcapng, section 4.6). */

import { COMMENT_LENGTH_MAX } from '../capture-note-book.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { utf8Text } from '../utf8-text.ts'
import type { BlockBody } from './block-body.ts'
import type { InterfaceTable } from './interface-table.ts'
import { OPTION_COMMENT } from './option-cursor.ts'
import type { OptionCursor } from './option-cursor.ts'

const OPTIONS_OFFSET = 12

const OPTION_RECEIVED = 4
const OPTION_DROPPED = 5

/** Note the counts; they are totals since the capture began, so the last block of an interface counts. */
export function readInterfaceStatistics(
  body: BlockBody,
  options: OptionCursor,
  interfaces: InterfaceTable,
  notes: CaptureNoteBook,
  nextFrame: number,
): void {
  const { bytes, view, littleEndian } = body
  const index = interfaces.firstOfSection + view.getUint32(body.start, littleEndian)
  const isListed = index < interfaces.count && interfaces.listedIndexOf(index) === index
  const described = isListed ? interfaces.listed[index] : undefined
  if (index >= interfaces.count) notes.addIssue('statistics-for-unknown-interface', nextFrame)
  options.open(view, body.start + OPTIONS_OFFSET, body.end, littleEndian)
  while (options.next()) {
    if (options.code === OPTION_COMMENT) {
      notes.addComment(
        null,
        utf8Text(bytes, options.start, options.start + options.length, COMMENT_LENGTH_MAX),
      )
    } else if (options.code === OPTION_RECEIVED || options.code === OPTION_DROPPED) {
      if (options.length !== 8) notes.addIssue('option-wrong-length', nextFrame)
      else if (described !== undefined) {
        const count = unsigned64(view, options.start, littleEndian)
        if (options.code === OPTION_RECEIVED) described.receivedCount = count
        else described.droppedCount = count
      }
    }
  }
  if (options.hasOverrun) notes.addIssue('option-overruns-block', nextFrame)
}

/** Held within the integers that a double can tell apart: a packet each nanosecond would take 104 days to get there. */
function unsigned64(view: DataView, offset: number, littleEndian: boolean): number {
  const high = view.getUint32(offset + (littleEndian ? 4 : 0), littleEndian)
  const low = view.getUint32(offset + (littleEndian ? 0 : 4), littleEndian)
  return Math.min(high * 4_294_967_296 + low, Number.MAX_SAFE_INTEGER)
}

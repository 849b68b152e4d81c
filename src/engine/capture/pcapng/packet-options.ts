/** Options of a packet block: its comments (draft-ietf-opsawg-pcapng, section 4.3). */

import { COMMENT_LENGTH_MAX } from '../capture-note-book.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { utf8Text } from '../utf8-text.ts'
import { OPTION_COMMENT } from './option-cursor.ts'
import type { OptionCursor } from './option-cursor.ts'

/** Note the comments that `options`, opened at a packet's options, has; flags, hashes and the rest are passed over. */
export function readPacketOptions(
  bytes: Uint8Array,
  options: OptionCursor,
  notes: CaptureNoteBook,
  frameNumber: number,
): void {
  while (options.next()) {
    if (options.code !== OPTION_COMMENT) continue
    notes.addComment(
      frameNumber,
      utf8Text(bytes, options.start, options.start + options.length, COMMENT_LENGTH_MAX),
    )
  }
  if (options.hasOverrun) notes.addIssue('option-overruns-block', frameNumber)
}

/** Name Resolution Block: names that the writer had for addresses (draft-ietf-opsawg-pcapng, section 4.5). */

import { ipv4Text, ipv6Text } from '../../net/address-text.ts'
import { COMMENT_LENGTH_MAX, RESOLVED_NAME_LENGTH_MAX } from '../capture-note-book.ts'
import type { CaptureNoteBook } from '../capture-note-book.ts'
import { utf8Text } from '../utf8-text.ts'
import type { BlockBody } from './block-body.ts'
import { OPTION_COMMENT } from './option-cursor.ts'
import type { OptionCursor } from './option-cursor.ts'

const RECORD_HEADER_LENGTH = 4
const RECORD_END = 0
const RECORD_IPV4 = 1
const RECORD_IPV6 = 2

/** Note the names of IPv4 and IPv6 addresses; other records are passed over. */
export function readNameResolution(
  body: BlockBody,
  options: OptionCursor,
  notes: CaptureNoteBook,
  nextFrame: number,
): void {
  const { bytes, view, littleEndian } = body
  let at = body.start
  while (at + RECORD_HEADER_LENGTH <= body.end) {
    const type = view.getUint16(at, littleEndian)
    const length = view.getUint16(at + 2, littleEndian)
    const value = at + RECORD_HEADER_LENGTH
    const valueEnd = value + length
    if (valueEnd > body.end) {
      notes.addIssue('name-record-overruns-block', nextFrame)
      return
    }
    at = valueEnd + ((4 - (length & 3)) & 3)
    if (type === RECORD_END) break
    if (type === RECORD_IPV4 && length > 4) {
      noteNames(bytes, value + 4, valueEnd, ipv4Text(view.getUint32(value)), notes)
    } else if (type === RECORD_IPV6 && length > 16) {
      noteNames(bytes, value + 16, valueEnd, ipv6At(view, value), notes)
    }
  }
  options.open(view, at, body.end, littleEndian)
  while (options.next()) {
    if (options.code !== OPTION_COMMENT) continue
    notes.addComment(null, utf8Text(bytes, options.start, options.start + options.length, COMMENT_LENGTH_MAX))
  }
  if (options.hasOverrun) notes.addIssue('option-overruns-block', nextFrame)
}

/** One record has one or more names, each ended by a zero byte. */
function noteNames(
  bytes: Uint8Array,
  start: number,
  end: number,
  address: string,
  notes: CaptureNoteBook,
): void {
  let nameStart = start
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] !== 0) continue
    if (at > nameStart)
      notes.addResolvedName(address, utf8Text(bytes, nameStart, at, RESOLVED_NAME_LENGTH_MAX))
    nameStart = at + 1
  }
}

function ipv6At(view: DataView, offset: number): string {
  return ipv6Text(
    view.getUint32(offset),
    view.getUint32(offset + 4),
    view.getUint32(offset + 8),
    view.getUint32(offset + 12),
  )
}

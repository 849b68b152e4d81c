/** Bytes from packets as text for people: the one place where they are decoded, escaped and cut. UTF-8: RFC 3629. */

/**
 * Characters a row shows. Longer and one name fills the page; shorter and long host names lose their end. Exports carry
 * DATA_TEXT_LENGTH_MAX. Zeek cuts its strings at 4,096 too (default_max_field_string_bytes).
 */
export const ROW_TEXT_LENGTH_MAX = 256
export const DATA_TEXT_LENGTH_MAX = 4096

const ELLIPSIS = '…'

/**
 * `bytes[offset .. offset + length)` as UTF-8 text of at most `lengthMax` characters, an ellipsis the last when some
 * are cut off. What cannot be shown as it is becomes `\x1b` (a byte that is a control character or belongs to no valid
 * sequence) or `\u{202e}` (a character that is invisible, or that turns the direction of what follows); a backslash
 * becomes two. So different bytes never give the same text, cuts aside, and the text is safe for a terminal.
 */
export function displayText(
  bytes: Uint8Array,
  offset: number,
  length: number,
  lengthMax = ROW_TEXT_LENGTH_MAX,
): string {
  const parts: string[] = []
  let size = 0
  let at = offset
  const end = offset + length
  while (at < end) {
    const sequenceLength = sequenceLengthAt(bytes, at, end)
    const part = sequenceLength === 0 ? byteEscape(bytes[at]!) : shown(codePointAt(bytes, at, sequenceLength))
    if (size + part.length > lengthMax - (at + Math.max(sequenceLength, 1) < end ? ELLIPSIS.length : 0)) {
      parts.push(ELLIPSIS)
      break
    }
    parts.push(part)
    size += part.length
    at += Math.max(sequenceLength, 1)
  }
  return parts.join('')
}

function shown(codePoint: number): string {
  if (codePoint === 0x5c) return '\\\\'
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)) return byteEscape(codePoint)
  return isHidden(codePoint) ? `\\u{${codePoint.toString(16)}}` : String.fromCodePoint(codePoint)
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}

/**
 * Format, separator, filler, private and tag characters, as ranges of Unicode 16. Written out, because the tables behind
 * `\p{Cf}` differ between JavaScript engines and a summary must not.
 */
// prettier-ignore
const HIDDEN_RANGES = [
  0xad, 0xad, 0x34f, 0x34f, 0x600, 0x605, 0x61c, 0x61c, 0x6dd, 0x6dd, 0x70f, 0x70f, 0x890, 0x891, 0x8e2, 0x8e2,
  0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200f, 0x2028, 0x202e, 0x2060, 0x206f, 0x3164, 0x3164,
  0xd800, 0xf8ff, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0, 0xfff0, 0xfffb, 0xfffe, 0xffff, 0x110bd, 0x110bd,
  0x110cd, 0x110cd, 0x13430, 0x1343f, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0x10ffff,
]

function isHidden(codePoint: number): boolean {
  if (codePoint < HIDDEN_RANGES[0]!) return false
  for (let i = 0; i < HIDDEN_RANGES.length; i += 2) {
    if (codePoint >= HIDDEN_RANGES[i]! && codePoint <= HIDDEN_RANGES[i + 1]!) return true
  }
  return false
}

/** Bytes of the well-formed UTF-8 sequence at `at` (RFC 3629 section 4), 0 when there is none. */
function sequenceLengthAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0 || at + length > end) return 0
  const second = bytes[at + 1]!
  // The second byte's range keeps out overlong forms, surrogates and what lies past U+10FFFF.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  return length
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  if (length === 1) return bytes[at]!
  let codePoint = bytes[at]! & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | (bytes[at + i]! & 0x3f)
  return codePoint
}

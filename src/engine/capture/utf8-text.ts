/** UTF-8 bytes as text (RFC 3629), for names and comments: never throws, and cut to a length. */

const REPLACEMENT = '\ufffd'

/**
 * Decode `bytes[start .. end)` as UTF-8 into at most `lengthMax` UTF-16 units; a final NUL run is dropped. Each byte that
 * belongs to no valid sequence becomes U+FFFD. Surrogate pairs are never cut in half.
 */
export function utf8Text(bytes: Uint8Array, start: number, end: number, lengthMax: number): string {
  let last = end
  while (last > start && bytes[last - 1] === 0) last -= 1
  const parts: string[] = []
  let length = 0
  let at = start
  while (at < last && length < lengthMax) {
    const sequenceLength = validSequenceLength(bytes, at, last)
    const part =
      sequenceLength === 0 ? REPLACEMENT : String.fromCodePoint(codePointAt(bytes, at, sequenceLength))
    if (length + part.length > lengthMax) break
    parts.push(part)
    length += part.length
    at += Math.max(1, sequenceLength)
  }
  return parts.join('')
}

/** Length of the well-formed sequence at `at` (RFC 3629, section 4); 0 when there is none. */
function validSequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0 || at + length > end) return 0
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  }
  const second = bytes[at + 1] ?? 0
  // Overlong forms, surrogates, and everything beyond U+10FFFF.
  if (first === 0xe0 && second < 0xa0) return 0
  if (first === 0xed && second > 0x9f) return 0
  if (first === 0xf0 && second < 0x90) return 0
  if (first === 0xf4 && second > 0x8f) return 0
  return length
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0
  if (length === 1) return first
  let codePoint = first & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | ((bytes[at + i] ?? 0) & 0x3f)
  return codePoint
}

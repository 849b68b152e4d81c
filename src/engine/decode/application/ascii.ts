/** Comparing packet bytes with ASCII words, without making strings. */

/** The bytes of an ASCII word, for the constants that packets are compared with. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Whether `bytes[offset .. offset + length)` starts with `word`. */
export function startsWith(bytes: Uint8Array, offset: number, length: number, word: Uint8Array): boolean {
  if (length < word.length) return false
  for (let i = 0; i < word.length; i++) if (bytes[offset + i] !== word[i]) return false
  return true
}

/** As `startsWith`, with A-Z equal to a-z. `word` is in lower case. */
export function startsWithNoCase(
  bytes: Uint8Array,
  offset: number,
  length: number,
  word: Uint8Array,
): boolean {
  if (length < word.length) return false
  for (let i = 0; i < word.length; i++) if (lowerCase(bytes[offset + i]!) !== word[i]) return false
  return true
}

/** Number of the first of `words` (in lower case) that the bytes start with, -1 for none. */
export function indexOfWordNoCase(
  bytes: Uint8Array,
  offset: number,
  length: number,
  words: readonly Uint8Array[],
): number {
  for (let i = 0; i < words.length; i++) if (startsWithNoCase(bytes, offset, length, words[i]!)) return i
  return -1
}

/** Whether `word` (in lower case) occurs anywhere in the bytes. Scans at most `length` bytes. */
export function containsNoCase(bytes: Uint8Array, offset: number, length: number, word: Uint8Array): boolean {
  for (let at = 0; at + word.length <= length; at++) {
    if (startsWithNoCase(bytes, offset + at, length - at, word)) return true
  }
  return false
}

/**
 * Bytes looked at for the end of a line. Longer and one packet of 64 KiB without a line end costs more in each
 * protocol that is tried; shorter and long request lines are not seen to their end. Servers allow 4 to 8 KiB.
 */
const LINE_LENGTH_MAX = 4096

/** Length of the line at `offset` without its LF or CRLF; -1 when it does not end within `length` bytes. */
export function lineLength(bytes: Uint8Array, offset: number, length: number): number {
  const end = Math.min(length, LINE_LENGTH_MAX)
  for (let i = 0; i < end; i++) {
    if (bytes[offset + i] === LF) return i > 0 && bytes[offset + i - 1] === CR ? i - 1 : i
  }
  return -1
}

/** Whether all of the bytes are printable ASCII or tabs. */
export function isText(bytes: Uint8Array, offset: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const byte = bytes[offset + i]!
    if ((byte < 0x20 && byte !== TAB) || byte > 0x7e) return false
  }
  return true
}

/** As lineLength, and -1 too when the line holds anything but printable ASCII and tabs. */
export function textLineLength(bytes: Uint8Array, offset: number, length: number): number {
  const line = lineLength(bytes, offset, length)
  return line !== -1 && isText(bytes, offset, line) ? line : -1
}

/** Value of three decimal digits at `offset`, -1 when there are not three. */
export function threeDigits(bytes: Uint8Array, offset: number, length: number): number {
  if (length < 3) return -1
  const a = bytes[offset]! - ZERO
  const b = bytes[offset + 1]! - ZERO
  const c = bytes[offset + 2]! - ZERO
  return isDigitValue(a) && isDigitValue(b) && isDigitValue(c) ? a * 100 + b * 10 + c : -1
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39
}

export function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

/** A-Z to a-z, everything else as it is. */
export function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

function isDigitValue(value: number): boolean {
  return value >= 0 && value <= 9
}

export const TAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SPACE = 0x20
const ZERO = 0x30

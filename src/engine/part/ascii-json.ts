/** JSON as ASCII bytes, which any runtime can write and read without a text encoder. RFC 8259 section 7. */

/** Characters at once: a call with more arguments than the stack holds fails. */
const PIECE_LENGTH = 8192

/** What is not ASCII is written as \u escapes. */
export function jsonBytes(value: unknown): Uint8Array {
  const text = JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** The value, or undefined for bytes that are no such JSON. */
export function jsonOfBytes(bytes: Uint8Array): unknown {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE_LENGTH) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE_LENGTH)))
  }
  try {
    return JSON.parse(pieces.join('')) as unknown
  } catch {
    return undefined
  }
}

/** RADIUS: code, length and attributes that fill it exactly. RFC 2865 section 3; codes of RFC 3575 and RFC 5176. */

import { readU16 } from '../bytes.ts'

const HEADER_LENGTH = 20

export function looksLikeRadius(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const code = bytes[offset]!
  if (!((code >= 1 && code <= 5) || (code >= 11 && code <= 13) || (code >= 40 && code <= 45))) return false
  const messageLength = readU16(bytes, offset + 2)
  if (messageLength < HEADER_LENGTH || messageLength > 4096) return false
  const end = Math.min(messageLength, length)
  let at = HEADER_LENGTH
  while (at + 2 <= end) {
    const attributeLength = bytes[offset + at + 1]!
    if (attributeLength < 2) return false
    at += attributeLength
  }
  return at === messageLength || messageLength > length
}

/** Redis's serialization protocol. RESP 2 and 3 specification. */

import { CR, LF, isDigit } from './ascii.ts'

/** A command as clients send it: an array of bulk strings, `*2\r\n$3\r\n...`. */
export function looksLikeResp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8 || bytes[offset] !== 0x2a) return false
  const at = afterNumber(bytes, offset, length, 1)
  return (
    at !== 0 && at < length && bytes[offset + at] === 0x24 && afterNumber(bytes, offset, length, at + 1) !== 0
  )
}

/** Any reply: enough where the port says Redis too. */
export function couldBeResp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 3) return false
  const first = bytes[offset]!
  // + simple string, - error; : integer, $ bulk string, * array, and RESP 3's % map, ~ set, > push.
  if (first === 0x2b || first === 0x2d) return true
  const isCounted =
    first === 0x3a || first === 0x24 || first === 0x2a || first === 0x25 || first === 0x7e || first === 0x3e
  return isCounted && (isDigit(bytes[offset + 1]!) || bytes[offset + 1] === 0x2d)
}

/** Position behind decimal digits and CRLF that start at `at`, 0 when they do not stand there. */
function afterNumber(bytes: Uint8Array, offset: number, length: number, at: number): number {
  let next = at
  while (next < length && next < at + 10 && isDigit(bytes[offset + next]!)) next++
  if (next === at || next + 2 > length) return 0
  return bytes[offset + next] === CR && bytes[offset + next + 1] === LF ? next + 2 : 0
}

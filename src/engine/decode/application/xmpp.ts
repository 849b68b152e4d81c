/** XMPP: a stream's opening tag. RFC 6120 section 4.2. */

import { ascii, containsNoCase, startsWith } from './ascii.ts'

const starts = [ascii('<stream:stream'), ascii('<?xml')]
const tag = ascii('<stream:stream')

export function looksLikeXmpp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (startsWith(bytes, offset, length, starts[0]!)) return true
  return (
    startsWith(bytes, offset, length, starts[1]!) && containsNoCase(bytes, offset, Math.min(length, 128), tag)
  )
}

/** SSH: the identification line both sides send first. RFC 4253 section 4.2. */

import { ascii, startsWith } from './ascii.ts'

const starts = [ascii('SSH-2.0-'), ascii('SSH-1.')]

export function looksLikeSsh(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, starts[0]!) || startsWith(bytes, offset, length, starts[1]!)
}

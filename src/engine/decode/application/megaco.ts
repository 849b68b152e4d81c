/** Megaco (H.248) in text. RFC 3525 Annex B. */

import { ascii, startsWith } from './ascii.ts'

const starts = [ascii('MEGACO/'), ascii('!/1 ['), ascii('!/2 ['), ascii('!/3 [')]

export function looksLikeMegaco(bytes: Uint8Array, offset: number, length: number): boolean {
  for (const start of starts) if (startsWith(bytes, offset, length, start)) return true
  return false
}

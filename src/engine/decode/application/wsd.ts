/** WS-Discovery: SOAP in one datagram. OASIS WS-Discovery 1.1 section 3.1.1. */

import { ascii, containsNoCase, startsWith } from './ascii.ts'

const starts = [ascii('<?xml'), ascii('<s:Env'), ascii('<soap'), ascii('<SOAP'), ascii('<env:')]
const envelope = ascii('envelope')

export function looksLikeWsd(bytes: Uint8Array, offset: number, length: number): boolean {
  for (const start of starts) {
    if (startsWith(bytes, offset, length, start))
      return containsNoCase(bytes, offset, Math.min(length, 256), envelope)
  }
  return false
}

/** SSDP: discovery in HTTP's clothes over UDP. UPnP Device Architecture 2.0 section 1. */

import { ascii, startsWith } from './ascii.ts'

const starts = [ascii('M-SEARCH * HTTP/1.'), ascii('NOTIFY * HTTP/1.'), ascii('HTTP/1.1 200 OK\r\n')]

export function looksLikeSsdp(bytes: Uint8Array, offset: number, length: number): boolean {
  for (const start of starts) if (startsWith(bytes, offset, length, start)) return true
  return false
}

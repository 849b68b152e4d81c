/** Gnutella's handshake. Gnutella 0.6 RFC draft section 2.1. */

import { ascii, startsWith } from './ascii.ts'

const starts = [ascii('GNUTELLA CONNECT/'), ascii('GNUTELLA/0.')]

export function looksLikeGnutella(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, starts[0]!) || startsWith(bytes, offset, length, starts[1]!)
}

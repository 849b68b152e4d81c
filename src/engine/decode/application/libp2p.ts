/** libp2p's first message each way: multistream-select by name, behind its length. libp2p specification, connections, "Multistream". */

import { ascii, startsWith } from './ascii.ts'

const multistream = ascii('\x13/multistream/1.0.0\n')

export function looksLikeLibp2p(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, multistream)
}

/** rsync's daemon greeting. rsync(5), rsyncd protocol: `@RSYNCD: 31.0`. */

import { ascii, startsWith } from './ascii.ts'

const start = ascii('@RSYNCD: ')

export function looksLikeRsync(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, start)
}

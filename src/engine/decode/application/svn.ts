/** Subversion's svnserve protocol: the server's greeting and the client's answer. subversion libsvn_ra_svn/protocol. */

import { ascii, startsWith } from './ascii.ts'

const starts = [ascii('( success ( 2 2 ( '), ascii('( 2 ( edit-pipeline ')]

export function looksLikeSvn(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, starts[0]!) || startsWith(bytes, offset, length, starts[1]!)
}

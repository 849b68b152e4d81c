/** git's own transport: a pkt-line that asks for a pack. gitprotocol-pack, section Git Transport. */

import { ascii, startsWith } from './ascii.ts'

const services = [ascii('git-upload-pack '), ascii('git-receive-pack '), ascii('git-upload-archive ')]

export function looksLikeGit(bytes: Uint8Array, offset: number, length: number): boolean {
  for (const service of services)
    if (length > 4 && startsWith(bytes, offset + 4, length - 4, service)) return true
  return false
}

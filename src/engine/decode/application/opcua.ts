/** OPC UA over TCP: three letters, a chunk type and a length. OPC 10000-6 section 7.1.2. */

import { readU32le } from '../bytes.ts'
import { ascii, startsWith } from './ascii.ts'

const kinds = [
  ascii('HELF'),
  ascii('ACKF'),
  ascii('ERRF'),
  ascii('OPNF'),
  ascii('MSGF'),
  ascii('MSGC'),
  ascii('CLOF'),
  ascii('RHEF'),
]

export function looksLikeOpcua(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8) return false
  for (const kind of kinds) {
    if (startsWith(bytes, offset, length, kind))
      return readU32le(bytes, offset + 4) >= 8 && readU32le(bytes, offset + 4) < 1 << 24
  }
  return false
}

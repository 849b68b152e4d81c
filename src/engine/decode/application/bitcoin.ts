/** Bitcoin's message header: network magic and a command padded with zeros. Bitcoin developer reference, P2P network. */

import { readU32 } from '../bytes.ts'
import { isLetter } from './ascii.ts'

export function looksLikeBitcoin(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 24) return false
  const magic = readU32(bytes, offset)
  if (magic !== 0xf9beb4d9 && magic !== 0x0b110907 && magic !== 0xfabfb5da) return false
  return isLetter(bytes[offset + 4]!) && (bytes[offset + 15] === 0 || isLetter(bytes[offset + 15]!))
}

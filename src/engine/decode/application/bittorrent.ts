/** BitTorrent: the peer handshake, the DHT's messages and uTP's first packet. BEP 3, BEP 5, BEP 29. */

import { readU16, readU32 } from '../bytes.ts'
import { ascii, startsWith } from './ascii.ts'

const handshake = ascii('\x13BitTorrent protocol')
const dhtStarts = ['d1:ad2:id20:', 'd1:rd2:id20:', 'd1:eli20', 'd2:ip6:', 'd2:ip4:'].map(ascii)

export function looksLikeBittorrent(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, handshake)
}

/** A bencoded dictionary that starts with a query's or an answer's node id, or with an error. */
export function looksLikeDht(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 20 || bytes[offset] !== 0x64) return false
  for (const start of dhtStarts) if (startsWith(bytes, offset, length, start)) return true
  return false
}

/**
 * ST_SYN, version 1: a first packet has seen nothing yet, so its timestamp difference is 0. Later packets have
 * nothing that random bytes could not have; a conversation is known by its first.
 */
export function looksLikeUtpSyn(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 20 || length > 64 || bytes[offset] !== 0x41) return false
  const extension = bytes[offset + 1]!
  if (extension > 2 || (extension === 0 && length !== 20)) return false
  return (
    readU32(bytes, offset + 4) !== 0 &&
    readU32(bytes, offset + 8) === 0 &&
    readU32(bytes, offset + 12) >= 1024 &&
    readU16(bytes, offset + 18) === 0
  )
}

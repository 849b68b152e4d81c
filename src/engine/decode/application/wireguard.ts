/** WireGuard: four message types of known sizes. Donenfeld, WireGuard (NDSS 2017) section 5.4. */

import { readU32le } from '../bytes.ts'

/** The handshake's three messages, whose sizes are fixed. */
export function looksLikeWireguard(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 64) return false
  const type = readU32le(bytes, offset)
  return (type === 1 && length === 148) || (type === 2 && length === 92) || (type === 3 && length === 64)
}

/** A data message, padded to sixteen: enough where the port says WireGuard too. */
export function couldBeWireguard(bytes: Uint8Array, offset: number, length: number): boolean {
  return length >= 32 && length % 16 === 0 && readU32le(bytes, offset) === 4
}

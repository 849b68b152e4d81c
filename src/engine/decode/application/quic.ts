/** QUIC long headers, whose fields no version may move. RFC 8999 section 5.1, RFC 9000 section 17.2, RFC 9369. */

import { readU32 } from '../bytes.ts'

/** RFC 9000 allows 20 bytes; Google's early versions 18. */
const CONNECTION_ID_LENGTH_MAX = 20

/** Whether a deployed version number: 1, 2, the drafts, Facebook's mvfst, Google's Q050 and T05x, greased ones. */
export function isQuicVersion(version: number): boolean {
  if (version === 1 || version === 0x6b3343cf || version === 0x709a50c4) return true
  if (version >= 0xff000001 && version <= 0xff0000ff) return true
  if (version >>> 4 === 0xfaceb00) return true
  if (version === 0x51303530 || version === 0x51303531 || version >>> 16 === 0x5430)
    return isGoogleDigits(version)
  return isGreased(version)
}

/** RFC 9000 section 15: 0x?a?a?a?a is reserved to exercise negotiation. */
function isGreased(version: number): boolean {
  return (version & 0x0f0f0f0f) >>> 0 === 0x0a0a0a0a
}

/** Two ASCII digits in the lower half, as in Q046. */
function isGoogleDigits(version: number): boolean {
  const tens = (version >>> 8) & 255
  const ones = version & 255
  return tens >= 0x30 && tens <= 0x39 && ones >= 0x30 && ones <= 0x39
}

/** A long header of a known version, or a version negotiation that lists known ones. */
export function looksLikeQuic(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 7 || (bytes[offset]! & 0x80) === 0) return false
  const version = readU32(bytes, offset + 1)
  const destinationLength = bytes[offset + 5]!
  if (destinationLength > CONNECTION_ID_LENGTH_MAX) return false
  const sourceAt = 6 + destinationLength
  const sourceLength = bytes[offset + sourceAt]!
  if (sourceLength > CONNECTION_ID_LENGTH_MAX) return false
  const rest = sourceAt + 1 + sourceLength
  if (version === 0) {
    if (rest + 4 > length || (length - rest) % 4 !== 0) return false
    for (let at = rest; at < length; at += 4) if (isQuicVersion(readU32(bytes, offset + at))) return true
    return false
  }
  // The fixed bit is set in versions 1 and 2; only what came before did without.
  if ((bytes[offset]! & 0x40) === 0 && !(version >>> 24 === 0x51 || version >>> 24 === 0x54)) return false
  return isQuicVersion(version) && rest < length
}

/**
 * Google's QUIC: up to Q043 a public header with the version flag and an eight-byte connection id, from Q044 to Q049 a
 * long header whose connection id lengths share one byte.
 */
export function looksLikeGquic(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 14) return false
  const flags = bytes[offset]!
  if ((flags & 0xc0) === 0xc0) {
    const longVersion = readU32(bytes, offset + 1)
    return longVersion >= 0x51303434 && longVersion <= 0x51303439
  }
  // 0x01 version, 0x08 connection id, packet number length in 0x30; 0x40 multipath and 0x80 are unused.
  if ((flags & 0xc9) !== 0x09) return false
  const version = readU32(bytes, offset + 9)
  return version >>> 16 === 0x5130 && isGoogleDigits(version)
}

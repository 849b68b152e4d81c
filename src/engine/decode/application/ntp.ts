/** NTP: client, server, symmetric, broadcast, and the control and private modes. RFC 5905 section 7.3, RFC 9327. */

export const NTP_HEADER_LENGTH = 48

/** Version 1 to 4, a mode, and for the time modes a whole header with a believable stratum and poll interval. */
export function looksLikeNtp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 4) return false
  const version = (bytes[offset]! >>> 3) & 7
  const mode = bytes[offset]! & 7
  if (version === 0 || version > 4 || mode === 0) return false
  if (mode === 6) return length >= 12
  if (mode === 7) return length >= 8
  return length >= NTP_HEADER_LENGTH && bytes[offset + 1]! <= 16 && bytes[offset + 2]! <= 24
}

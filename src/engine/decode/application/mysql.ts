/** MySQL's wire protocol: three-byte length, sequence number, payload. MySQL Internals, Protocol::Packet. */

const HEADER_LENGTH = 4
const VERSION_LENGTH_MAX = 64

/** Handshake V10: sequence 0, protocol 10, a version text that starts with a digit and ends with a zero. */
export function looksLikeMysql(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 8 || bytes[offset + 3] !== 0 || bytes[offset + 4] !== 10) return false
  const bodyLength = bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16)
  if (bodyLength < 30 || bodyLength > 512) return false
  const first = bytes[offset + 5]!
  if (first < 0x30 || first > 0x39) return false
  const end = Math.min(length, HEADER_LENGTH + 1 + VERSION_LENGTH_MAX)
  for (let at = 5; at < end; at++) {
    const byte = bytes[offset + at]!
    if (byte === 0) return at > 7
    if (byte < 0x20 || byte > 0x7e) return false
  }
  return false
}

/** A packet that fills the payload or is cut by it: enough where the port says MySQL too. */
export function couldBeMysql(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 1) return false
  const bodyLength = bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16)
  return bodyLength > 0 && bytes[offset + 3]! < 128 && HEADER_LENGTH + bodyLength <= length
}

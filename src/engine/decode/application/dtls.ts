/** DTLS records. RFC 6347 section 4.1; OpenSSL's pre-standard 0x0100 as Cisco's AnyConnect sends it. */

import { readU16 } from '../bytes.ts'

const HEADER_LENGTH = 13

export function looksLikeDtls(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH + 1) return false
  const type = bytes[offset]!
  const version = readU16(bytes, offset + 1)
  if (type < 20 || type > 25 || (version !== 0xfeff && version !== 0xfefd && version !== 0x0100)) return false
  const recordLength = readU16(bytes, offset + 11)
  if (recordLength === 0 || HEADER_LENGTH + recordLength > length) return false
  if (type !== 22) return true
  const handshake = bytes[offset + HEADER_LENGTH]!
  // In epoch 0 the handshake is in clear.
  return (
    readU16(bytes, offset + 3) !== 0 ||
    handshake <= 4 ||
    handshake === 8 ||
    (handshake >= 11 && handshake <= 23)
  )
}

/** IKE: the ISAKMP header, on port 500 and behind four zeros on 4500. RFC 2408 3.1, RFC 7296 3.1, RFC 3948 2. */

import { readU32 } from '../bytes.ts'

const HEADER_LENGTH = 28
const NON_ESP_MARKER_LENGTH = 4

export function looksLikeIsakmp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < HEADER_LENGTH) return false
  const version = bytes[offset + 17]!
  if (version !== 0x10 && version !== 0x20) return false
  const exchange = bytes[offset + 18]!
  if (version === 0x10 && !(exchange <= 6 || exchange === 32 || exchange === 33)) return false
  if (version === 0x20 && !(exchange >= 34 && exchange <= 44)) return false
  if ((bytes[offset + 19]! & 0xc0) !== 0) return false
  const messageLength = readU32(bytes, offset + 24)
  return (
    messageLength >= HEADER_LENGTH &&
    messageLength <= 1 << 16 &&
    messageLength >= length - NON_ESP_MARKER_LENGTH
  )
}

/** On port 4500: four zeros, then IKE. */
export function looksLikeIsakmpOverUdp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < NON_ESP_MARKER_LENGTH + HEADER_LENGTH || readU32(bytes, offset) !== 0) return false
  return looksLikeIsakmp(bytes, offset + NON_ESP_MARKER_LENGTH, length - NON_ESP_MARKER_LENGTH)
}

/** On port 4500: the keep-alive of one 0xFF, or an ESP packet, whose SPI is not 0. */
export function couldBeUdpEncapsulation(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length === 1) return bytes[offset] === 0xff
  return length >= 20 && readU32(bytes, offset) !== 0
}

/** TLS records: how a payload of them starts. RFC 8446 sections 4 and 5.1, RFC 5246; SSL 2 hellos as RFC 5246 E.2. */

import { readU16 } from '../bytes.ts'

export const TLS_RECORD_HEADER_LENGTH = 5
/** 2^14 and the 2,048 that TLS 1.2 lets encryption add (RFC 5246 6.2.3). */
export const TLS_RECORD_LENGTH_MAX = (1 << 14) + 2048

export const TlsContent = Object.freeze({
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
  heartbeat: 24,
})

/** Whether five bytes are a record header that some implementation sends: SSL 3.0 to TLS 1.3, a sensible length. */
export function isTlsRecordHeader(bytes: Uint8Array, offset: number): boolean {
  const type = bytes[offset]!
  const recordLength = readU16(bytes, offset + 3)
  return (
    type >= TlsContent.changeCipherSpec &&
    type <= TlsContent.heartbeat &&
    bytes[offset + 1] === 3 &&
    bytes[offset + 2]! <= 4 &&
    recordLength > 0 &&
    recordLength <= TLS_RECORD_LENGTH_MAX
  )
}

/**
 * Whether the payload starts with a TLS record whose body fits its type, or with an SSL 2 client hello that offers
 * SSL 3 or TLS. Where the first record ends inside the payload the next header is looked at too.
 */
export function looksLikeTls(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < TLS_RECORD_HEADER_LENGTH + 1) return false
  if (!isTlsRecordHeader(bytes, offset)) return isSsl2ClientHello(bytes, offset, length)
  const recordLength = readU16(bytes, offset + 3)
  if (!bodyFits(bytes, offset, length, recordLength)) return false
  const next = TLS_RECORD_HEADER_LENGTH + recordLength
  return next + TLS_RECORD_HEADER_LENGTH > length || isTlsRecordHeader(bytes, offset + next)
}

function bodyFits(bytes: Uint8Array, offset: number, length: number, recordLength: number): boolean {
  const body = offset + TLS_RECORD_HEADER_LENGTH
  switch (bytes[offset]) {
    case TlsContent.changeCipherSpec:
      return recordLength === 1 && bytes[body] === 1
    case TlsContent.alert:
      // Level and description, or encrypted: then at least a MAC or tag longer.
      return recordLength === 2
        ? bytes[body] === 1 || bytes[body] === 2
        : recordLength >= 16 && recordLength <= 64
    case TlsContent.handshake:
      return isHandshakeStart(bytes, body, length - TLS_RECORD_HEADER_LENGTH, recordLength)
    case TlsContent.heartbeat:
      return recordLength >= 3
    default:
      // Application data is never shorter than the smallest tag; an SSL 3 MAC is 16 bytes.
      return recordLength >= 16
  }
}

/** Handshake type known and its 24-bit length believable: a message may span records, but only certificates get long. */
function isHandshakeStart(bytes: Uint8Array, body: number, length: number, recordLength: number): boolean {
  if (recordLength < 4 || length < 4) return length >= 1 && isHandshakeType(bytes[body]!)
  if (!isHandshakeType(bytes[body]!)) return false
  const messageLength = (bytes[body + 1]! << 16) | readU16(bytes, body + 2)
  return messageLength + 4 <= recordLength || messageLength <= 1 << 17
}

function isHandshakeType(type: number): boolean {
  return (
    type <= 2 ||
    (type >= 4 && type <= 6) ||
    type === 8 ||
    (type >= 11 && type <= 16) ||
    (type >= 20 && type <= 24)
  )
}

/** Two-byte header with the top bit set, CLIENT-HELLO, version 3.x (or 2.0), cipher specs of three bytes each. */
function isSsl2ClientHello(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 11 || (bytes[offset]! & 0x80) === 0 || bytes[offset + 2] !== 1) return false
  const version = readU16(bytes, offset + 3)
  if (version !== 0x0002 && (version < 0x0300 || version > 0x0303)) return false
  const messageLength = readU16(bytes, offset) & 0x7fff
  const cipherLength = readU16(bytes, offset + 5)
  const sessionLength = readU16(bytes, offset + 7)
  const challengeLength = readU16(bytes, offset + 9)
  return (
    cipherLength > 0 &&
    cipherLength % 3 === 0 &&
    (sessionLength === 0 || sessionLength === 16) &&
    challengeLength >= 16 &&
    challengeLength <= 32 &&
    9 + cipherLength + sessionLength + challengeLength === messageLength
  )
}

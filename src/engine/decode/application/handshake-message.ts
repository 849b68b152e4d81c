/** A handshake message taken out of the records that carry it: it may span several of them. RFC 8446 section 5.1. */

import { readU16, readU24 } from '../bytes.ts'
import { isTlsRecordHeader, TLS_RECORD_HEADER_LENGTH, TlsContent } from './tls.ts'

const HANDSHAKE_HEADER_LENGTH = 4

/**
 * The message that begins with the first of the records in `stream`. `take` sets every field; `bytes` is `stream` itself where
 * one record has the whole message, so nothing is copied for nearly all of them.
 */
export class HandshakeMessage {
  bytes: Uint8Array = new Uint8Array(0)
  offset = 0
  /** Bytes of the message, header included, that were there. */
  length = 0
  /** The whole message was there. */
  isWhole = false
  /** Bytes of the stream, record headers included, without which the message is not whole, as far as they tell. */
  streamLength = 0
  readonly #joined: Uint8Array

  /** `lengthMax` bounds the streams that are taken. */
  constructor(lengthMax: number) {
    this.#joined = new Uint8Array(lengthMax)
  }

  /** Read `stream[offset .. offset + length)`, the contiguous beginning of a handshake record. */
  take(stream: Uint8Array, offset: number, length: number): void {
    const recordLength = length < TLS_RECORD_HEADER_LENGTH ? 0 : readU16(stream, offset + 3)
    const body = offset + TLS_RECORD_HEADER_LENGTH
    const there = Math.max(Math.min(recordLength, length - TLS_RECORD_HEADER_LENGTH), 0)
    this.bytes = stream
    this.offset = body
    this.length = there
    if (there < HANDSHAKE_HEADER_LENGTH) {
      this.isWhole = false
      this.streamLength = TLS_RECORD_HEADER_LENGTH + HANDSHAKE_HEADER_LENGTH
      if (recordLength < HANDSHAKE_HEADER_LENGTH) this.#join(stream, offset, length)
      return
    }
    const messageLength = HANDSHAKE_HEADER_LENGTH + readU24(stream, body + 1)
    this.isWhole = messageLength <= there
    this.streamLength = TLS_RECORD_HEADER_LENGTH + messageLength
    if (messageLength > recordLength) this.#join(stream, offset, length)
  }

  /** The bodies of the records one behind the other, as far as they are handshake records and there. */
  #join(stream: Uint8Array, offset: number, length: number): void {
    const joined = this.#joined
    const end = offset + length
    let at = offset
    let count = 0
    let headers = 0
    while (at + TLS_RECORD_HEADER_LENGTH <= end && isHandshakeRecord(stream, at)) {
      headers += TLS_RECORD_HEADER_LENGTH
      const bodyEnd = Math.min(at + TLS_RECORD_HEADER_LENGTH + readU16(stream, at + 3), end)
      for (let i = at + TLS_RECORD_HEADER_LENGTH; i < bodyEnd && count < joined.length; i++) {
        joined[count++] = stream[i]!
      }
      at += TLS_RECORD_HEADER_LENGTH + readU16(stream, at + 3)
    }
    this.bytes = joined
    this.offset = 0
    this.length = count
    const messageLength = HANDSHAKE_HEADER_LENGTH + (count < HANDSHAKE_HEADER_LENGTH ? 0 : readU24(joined, 1))
    this.isWhole = count >= HANDSHAKE_HEADER_LENGTH && messageLength <= count
    this.streamLength = headers + messageLength
  }
}

function isHandshakeRecord(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === TlsContent.handshake && isTlsRecordHeader(bytes, at)
}

/** RTP and RTCP. RFC 3550 sections 5.1 and 6.4, payload types of RFC 3551 section 6. */

import { readU16, readU32 } from '../bytes.ts'

const RTP_HEADER_LENGTH = 12

/** RTP payload type, which is what the marker bit leaves. */
export function rtpPayloadType(bytes: Uint8Array, offset: number): number {
  return bytes[offset + 1]! & 0x7f
}

/**
 * One packet of RTP looks like many things. Named here is only what its own fields confirm: version 2, no padding,
 * extension or contributors, a source id, and a telephone codec whose frames fill the payload exactly.
 */
export function looksLikeRtp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length <= RTP_HEADER_LENGTH || bytes[offset] !== 0x80 || readU32(bytes, offset + 8) === 0) return false
  const payloadLength = length - RTP_HEADER_LENGTH
  switch (rtpPayloadType(bytes, offset)) {
    // PCMU, PCMA and G.722 at 8 bytes a millisecond, in frames of 10, 20, 30, 40 or 60 ms.
    case 0:
    case 8:
    case 9:
      return payloadLength % 80 === 0 && payloadLength <= 480
    // GSM 06.10: 33 bytes a frame of 20 ms.
    case 3:
      return payloadLength % 33 === 0 && payloadLength <= 99
    // G.723.1: 24, 20 or 4 bytes a frame of 30 ms.
    case 4:
      return payloadLength === 24 || payloadLength === 20 || payloadLength === 48
    // G.729: 10 bytes a frame of 10 ms.
    case 18:
      return payloadLength % 10 === 0 && payloadLength <= 60
    default:
      return false
  }
}

/** A compound packet: a sender or receiver report first, then packets whose lengths fill the payload exactly. */
export function looksLikeRtcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8) return false
  const first = bytes[offset + 1]!
  if (first !== 200 && first !== 201) return false
  const wordCount = readU16(bytes, offset + 2)
  // A sender report has six words of its own, a receiver report one; each report block six more.
  if (wordCount < (first === 200 ? 6 : 1) + (bytes[offset]! & 31) * 6) return false
  let at = 0
  while (at + 4 <= length) {
    const type = bytes[offset + at + 1]!
    if (bytes[offset + at]! >>> 6 !== 2 || type < 200 || type > 213) return false
    at += 4 * (readU16(bytes, offset + at + 2) + 1)
  }
  return at === length
}

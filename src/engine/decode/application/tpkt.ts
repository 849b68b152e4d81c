/** TPKT, COTP (X.224) and what starts inside them: RDP, S7comm, H.225. RFC 1006, ITU-T X.224, [MS-RDPBCGR] 2.2.1. */

import { readU16 } from '../bytes.ts'
import { ascii, startsWith } from './ascii.ts'

const TPKT_HEADER_LENGTH = 4
const CONNECT_REQUEST = 0xe0
const CONNECT_CONFIRM = 0xd0
const DATA = 0xf0
const cookie = ascii('Cookie: ')

/** Version 3, a zero, and a length that holds an X.224 header. */
export function looksLikeTpkt(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < TPKT_HEADER_LENGTH + 3 || bytes[offset] !== 3 || bytes[offset + 1] !== 0) return false
  const packetLength = readU16(bytes, offset + 2)
  return packetLength >= 7 && (packetLength <= length || packetLength - length < 0x4000)
}

/** X.224 PDU type in TPKT: its upper four bits, 0 when the header length does not fit. */
function cotpType(bytes: Uint8Array, offset: number, length: number): number {
  if (!looksLikeTpkt(bytes, offset, length)) return 0
  const headerLength = bytes[offset + TPKT_HEADER_LENGTH]!
  if (headerLength < 2 || headerLength + 1 > readU16(bytes, offset + 2) - TPKT_HEADER_LENGTH) return 0
  return bytes[offset + TPKT_HEADER_LENGTH + 1]! & 0xf0
}

/** RDP's connection request or confirm, known by its cookie or its negotiation block. */
export function looksLikeRdp(bytes: Uint8Array, offset: number, length: number): boolean {
  const type = cotpType(bytes, offset, length)
  if (type !== CONNECT_REQUEST && type !== CONNECT_CONFIRM) return false
  const body = 11
  if (type === CONNECT_REQUEST && startsWith(bytes, offset + body, length - body, cookie)) return true
  if (length < body + 8 || length !== readU16(bytes, offset + 2)) return false
  const block = offset + length - 8
  const kind = bytes[block]!
  const kindFits = type === CONNECT_REQUEST ? kind === 1 : kind === 2 || kind === 3
  return kindFits && bytes[block + 2] === 8 && bytes[block + 3] === 0
}

/** S7comm: protocol id 0x32 and a ROSCTR of 1, 2, 3 or 7 in an X.224 data TPDU. */
export function looksLikeS7comm(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 9 || cotpType(bytes, offset, length) !== DATA || bytes[offset + 4] !== 2) return false
  const rosctr = bytes[offset + 8]!
  return bytes[offset + 7] === 0x32 && ((rosctr >= 1 && rosctr <= 3) || rosctr === 7)
}

/** H.225 call signalling: Q.931 (0x08, call reference of two bytes) straight in TPKT. ITU-T H.225.0. */
export function looksLikeH225(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 9 || bytes[offset] !== 3 || bytes[offset + 1] !== 0 || readU16(bytes, offset + 2) < 9)
    return false
  if (bytes[offset + 4] !== 8 || bytes[offset + 5] !== 2) return false
  const message = bytes[offset + 8]!
  return (
    message === 1 ||
    message === 2 ||
    message === 3 ||
    message === 5 ||
    message === 7 ||
    message === 0x5a ||
    message === 0x62
  )
}

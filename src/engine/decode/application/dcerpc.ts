/** DCE/RPC: connection-oriented over TCP, connectionless over UDP. C706 sections 12.5 and 12.6. */

import { readU16, readU16le } from '../bytes.ts'

const CONNECTION_HEADER_LENGTH = 16
const DATAGRAM_HEADER_LENGTH = 80
const TYPE_MAX = 19

/** Version 5.0 or 5.1, a PDU type, a data representation, and a fragment length that the payload does not exceed much. */
export function looksLikeDcerpc(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < CONNECTION_HEADER_LENGTH || bytes[offset] !== 5 || bytes[offset + 1]! > 1) return false
  if (bytes[offset + 2]! > TYPE_MAX || !isDataRepresentation(bytes, offset + 4)) return false
  const isLittle = bytes[offset + 4] === 0x10
  const fragmentLength = isLittle ? readU16le(bytes, offset + 8) : readU16(bytes, offset + 8)
  const authLength = isLittle ? readU16le(bytes, offset + 10) : readU16(bytes, offset + 10)
  return (
    fragmentLength >= CONNECTION_HEADER_LENGTH &&
    authLength < fragmentLength &&
    (fragmentLength >= length || bytes[offset + fragmentLength] === 5)
  )
}

/** Version 4, a PDU type, flags without the reserved bits, a data representation, and the length of the body. */
export function looksLikeDcerpcDatagram(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < DATAGRAM_HEADER_LENGTH || bytes[offset] !== 4 || bytes[offset + 1]! > 10) return false
  if ((bytes[offset + 3]! & 0xfc) !== 0 || !isDataRepresentation(bytes, offset + 4)) return false
  const bodyLength = bytes[offset + 4] === 0x10 ? readU16le(bytes, offset + 74) : readU16(bytes, offset + 74)
  return DATAGRAM_HEADER_LENGTH + bodyLength <= length
}

/** Integers big (0) or little endian (1) in ASCII, floats IEEE, VAX, Cray or IBM, and a zero. */
function isDataRepresentation(bytes: Uint8Array, offset: number): boolean {
  return (bytes[offset] === 0x10 || bytes[offset] === 0) && bytes[offset + 1]! <= 3 && bytes[offset + 2] === 0
}

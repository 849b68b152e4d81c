/** OpenVPN: opcode and key id, and over TCP a length. OpenVPN protocol document, section on the packet format. */

import { readU16, readU32 } from '../bytes.ts'

const HARD_RESET_CLIENT_V2 = 7 << 3
const HARD_RESET_SERVER_V2 = 8 << 3

/** A hard reset without tls-auth: session id, no acknowledgments, packet id 0, and nothing more. */
export function looksLikeOpenvpn(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length === 14 &&
    bytes[offset] === HARD_RESET_CLIENT_V2 &&
    bytes[offset + 9] === 0 &&
    readU32(bytes, offset + 10) === 0
  )
}

/** Any opcode of protocol 2: enough where the port says OpenVPN too. */
export function couldBeOpenvpn(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 14) return false
  const opcode = bytes[offset]! >>> 3
  return opcode >= 1 && opcode <= 11 && (bytes[offset] !== HARD_RESET_SERVER_V2 || length >= 22)
}

/** As couldBeOpenvpn, behind a length that is the payload's or lets another packet follow. */
export function couldBeOpenvpnOverTcp(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 16 &&
    readU16(bytes, offset) >= 14 &&
    readU16(bytes, offset) + 2 <= length &&
    couldBeOpenvpn(bytes, offset + 2, length - 2)
  )
}

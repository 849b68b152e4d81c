/** Modbus/TCP. Modbus Messaging on TCP/IP Implementation Guide 1.0b section 3.1.3. */

import { readU16 } from '../bytes.ts'

export const MODBUS_HEADER_LENGTH = 7

/** Protocol id 0, a length that ends with the payload or goes beyond what was captured, and a function code. */
export function looksLikeModbus(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < MODBUS_HEADER_LENGTH + 1 || readU16(bytes, offset + 2) !== 0) return false
  const bodyLength = readU16(bytes, offset + 4)
  return bodyLength >= 2 && bodyLength <= 254 && (bytes[offset + MODBUS_HEADER_LENGTH]! & 0x7f) !== 0
}

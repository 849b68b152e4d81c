/** NetBIOS session service: the framing of SMB over TCP, on port 139 and (without its sessions) 445. RFC 1002 4.3. */

import { readU16 } from '../bytes.ts'
import { isNetbiosName } from './nbns.ts'

export const NBSS_HEADER_LENGTH = 4

/** Whether the payload is a session set-up message: request, answer or keep-alive. */
export function looksLikeNbss(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < NBSS_HEADER_LENGTH) return false
  const type = bytes[offset]!
  const bodyLength = readU16(bytes, offset + 2)
  if (bytes[offset + 1]! > 1) return false
  if (type === 0x81)
    return bodyLength >= 68 && length >= 38 && isNetbiosName(bytes, offset + NBSS_HEADER_LENGTH)
  if (bytes[offset + 1] !== 0) return false
  if (type === 0x82 || type === 0x85) return bodyLength === 0 && length === NBSS_HEADER_LENGTH
  return type === 0x83 && bodyLength === 1 && length === NBSS_HEADER_LENGTH + 1 && bytes[offset + 4]! >= 0x80
}

/** PostgreSQL's frontend/backend protocol 3.0. PostgreSQL manual, Message Formats. */

import { readU32 } from '../bytes.ts'
import { ascii, containsNoCase } from './ascii.ts'

const user = ascii('user\0')
/** Letters that start a message, from either side. */
const messageTypes = 'BCDEFHPQSXdcfp12345AGIKNRTVWZnstv'

/** A startup with a user, or a request for TLS, GSS encryption or cancellation. */
export function looksLikePgsql(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < 8) return false
  const messageLength = readU32(bytes, offset)
  const code = readU32(bytes, offset + 4)
  if (messageLength === 8 && length === 8) return code === 80877103 || code === 80877104
  if (messageLength === 16 && length === 16 && code === 80877102) return true
  return (
    code >>> 16 === 3 &&
    messageLength >= length &&
    messageLength < 4096 &&
    containsNoCase(bytes, offset + 8, Math.min(length - 8, 512), user)
  )
}

/** A typed message with a length of its own: enough where the port says PostgreSQL too. */
export function couldBePgsql(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length === 1) return bytes[offset] === 0x53 || bytes[offset] === 0x4e
  if (length < 5 || !messageTypes.includes(String.fromCharCode(bytes[offset]!))) return false
  const messageLength = readU32(bytes, offset + 1)
  return messageLength >= 4 && messageLength < 1 << 24
}

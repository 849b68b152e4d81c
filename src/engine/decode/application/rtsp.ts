/** RTSP: request and status lines. RFC 2326 sections 6 and 7, RFC 7826. */

import { ascii, containsNoCase, isLetter, lineLength, startsWith } from './ascii.ts'

const status = ascii('RTSP/1.0 ')
const version = ascii(' rtsp/1.0')
const version2 = ascii(' rtsp/2.0')

export function looksLikeRtsp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (startsWith(bytes, offset, length, status)) return true
  if (length === 0 || !isLetter(bytes[offset]!)) return false
  const line = lineLength(bytes, offset, length)
  if (line === -1) return false
  return containsNoCase(bytes, offset, line, version) || containsNoCase(bytes, offset, line, version2)
}

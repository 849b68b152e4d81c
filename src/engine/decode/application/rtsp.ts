/** RTSP: request and status lines. RFC 2326 sections 6 and 7, RFC 7826. */

import { ascii, containsNoCase, lineLength, startsWith } from './ascii.ts'

// prettier-ignore
const methods = [
  'OPTIONS ', 'DESCRIBE ', 'ANNOUNCE ', 'SETUP ', 'PLAY ', 'PLAY_NOTIFY ', 'PAUSE ', 'TEARDOWN ', 'GET_PARAMETER ',
  'SET_PARAMETER ', 'RECORD ', 'REDIRECT ',
].map(ascii)
const status = ascii('RTSP/1.0 ')
const versions = [ascii(' rtsp/1.0'), ascii(' rtsp/2.0')]

export function looksLikeRtsp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (startsWith(bytes, offset, length, status)) return true
  for (const method of methods) {
    if (!startsWith(bytes, offset, length, method)) continue
    const line = lineLength(bytes, offset, length)
    return (
      line !== -1 &&
      (containsNoCase(bytes, offset, line, versions[0]!) || containsNoCase(bytes, offset, line, versions[1]!))
    )
  }
  return false
}

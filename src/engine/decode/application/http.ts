/** HTTP/1 over TCP: how a message starts. RFC 9112 sections 2 and 3; methods of the IANA HTTP method registry. */

import { ascii, containsNoCase, isDigit, lineLength, startsWith, threeDigits } from './ascii.ts'

/** Method, then a space. Methods of WebDAV and of UPnP eventing included. */
// prettier-ignore
export const HTTP_METHODS: readonly string[] = [
  'GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE', 'PATCH', 'PROPFIND', 'PROPPATCH', 'MKCOL',
  'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'SEARCH', 'REPORT', 'SUBSCRIBE', 'UNSUBSCRIBE', 'NOTIFY', 'M-SEARCH',
  'ACL', 'BASELINE-CONTROL', 'BIND', 'CHECKIN', 'CHECKOUT', 'LABEL', 'LINK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR',
  'MKWORKSPACE', 'ORDERPATCH', 'REBIND', 'UNBIND', 'UNCHECKOUT', 'UNLINK', 'UPDATE', 'VERSION-CONTROL', 'POLL',
  'BCOPY', 'BDELETE', 'BMOVE', 'BPROPFIND', 'BPROPPATCH', 'RPC_IN_DATA', 'RPC_OUT_DATA', 'CCM_POST',
]
const methodWords = HTTP_METHODS.map((method) => ascii(`${method} `))
const versionPrefix = ascii('HTTP/1.')
const versionInLine = ascii(' http/1.')

/** Number of the method in HTTP_METHODS, -1 when the bytes do not start with one. */
export function httpMethod(bytes: Uint8Array, offset: number, length: number): number {
  for (let i = 0; i < methodWords.length; i++) {
    if (startsWith(bytes, offset, length, methodWords[i]!)) return i
  }
  return -1
}

/**
 * Whether the payload starts with an HTTP/1 request line or status line. A request line must name HTTP/1 at its end;
 * one that the packet does not finish must at least ask for a path or an absolute `http` target.
 */
export function looksLikeHttp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (startsWith(bytes, offset, length, versionPrefix)) {
    if (length < 12) return length >= 8 && isDigit(bytes[offset + 7]!)
    const status = threeDigits(bytes, offset + 9, length - 9)
    return bytes[offset + 8] === 0x20 && status >= 100 && status <= 599
  }
  const method = httpMethod(bytes, offset, length)
  if (method === -1) return false
  const line = lineLength(bytes, offset, length)
  if (line !== -1) return containsNoCase(bytes, offset, line, versionInLine)
  const target = methodWords[method]!.length
  return (
    length > target &&
    (bytes[offset + target] === 0x2f || startsWith(bytes, offset + target, length - target, absolute))
  )
}

const absolute = ascii('http://')

/** HTTP/2 without TLS: the client's connection preface. RFC 9113 section 3.4. */

import { ascii, startsWith } from './ascii.ts'

const preface = ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

export function looksLikeHttp2(bytes: Uint8Array, offset: number, length: number): boolean {
  return startsWith(bytes, offset, length, preface)
}

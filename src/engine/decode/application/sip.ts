/** SIP over UDP and TCP: request and status lines. RFC 3261 section 7. */

import { ascii, containsNoCase, lineLength, startsWith, startsWithNoCase, threeDigits } from './ascii.ts'

export const SIP_METHODS: readonly string[] = [
  'INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH', 'INFO', 'REFER',
  'MESSAGE', 'UPDATE',
] // prettier-ignore
const methodWords = SIP_METHODS.map((method) => ascii(`${method} `))
const status = ascii('SIP/2.0 ')
const version = ascii(' sip/2.0')
const schemes = ['sip:', 'sips:', 'tel:'].map(ascii)

/** Number of the method in SIP_METHODS, -1 when the bytes do not start with one. */
export function sipMethod(bytes: Uint8Array, offset: number, length: number): number {
  for (let i = 0; i < methodWords.length; i++) {
    if (startsWith(bytes, offset, length, methodWords[i]!)) return i
  }
  return -1
}

/** Code of a status line, -1 when it is none. */
export function sipStatus(bytes: Uint8Array, offset: number, length: number): number {
  if (!startsWith(bytes, offset, length, status)) return -1
  const code = threeDigits(bytes, offset + 8, length - 8)
  return code >= 100 && code <= 699 ? code : -1
}

export function looksLikeSip(bytes: Uint8Array, offset: number, length: number): boolean {
  if (sipStatus(bytes, offset, length) !== -1) return true
  const method = sipMethod(bytes, offset, length)
  if (method === -1) return false
  const line = lineLength(bytes, offset, length)
  if (line !== -1) return containsNoCase(bytes, offset, line, version)
  const target = methodWords[method]!.length
  for (const scheme of schemes) {
    if (startsWithNoCase(bytes, offset + target, length - target, scheme)) return true
  }
  return false
}

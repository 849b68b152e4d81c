/** MGCP: a verb, a transaction id, an endpoint and `MGCP 1.0`. RFC 3435 section 3.2. */

import { ascii, containsNoCase, indexOfWordNoCase, isDigit, lineLength, threeDigits } from './ascii.ts'

const verbs = ['epcf ', 'crcx ', 'mdcx ', 'dlcx ', 'rqnt ', 'ntfy ', 'auep ', 'aucx ', 'rsip '].map(ascii)
const version = ascii(' mgcp 1.')

export function looksLikeMgcp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (indexOfWordNoCase(bytes, offset, length, verbs) === -1) return false
  const line = lineLength(bytes, offset, length)
  return line !== -1 && containsNoCase(bytes, offset, line, version)
}

/** A response code and a transaction id: enough where the port says MGCP too. */
export function couldBeMgcp(bytes: Uint8Array, offset: number, length: number): boolean {
  return (
    length >= 5 &&
    threeDigits(bytes, offset, length) >= 0 &&
    bytes[offset + 3] === 0x20 &&
    isDigit(bytes[offset + 4]!)
  )
}

/** memcached's text and binary protocols. memcached doc/protocol.txt and BinaryProtocolRevamped. */

import { readU16, readU32 } from '../bytes.ts'
import { ascii, indexOfWordNoCase, isText, lineLength } from './ascii.ts'

const words = [
  'get ',
  'gets ',
  'set ',
  'add ',
  'replace ',
  'append ',
  'prepend ',
  'cas ',
  'delete ',
  'incr ',
  'decr ',
  'stats',
  'flush_all',
  'version',
  'value ',
  'stored',
  'not_stored',
  'end\r',
  'deleted',
  'error\r',
  'stat ',
].map(ascii)
const UDP_HEADER_LENGTH = 8

/** A text command or answer, or a binary header whose lengths agree. Only where the port says memcached. */
export function couldBeMemcache(bytes: Uint8Array, offset: number, length: number): boolean {
  const line = lineLength(bytes, offset, length)
  if (line !== -1 && isText(bytes, offset, line))
    return indexOfWordNoCase(bytes, offset, length, words) !== -1
  if (length < 24 || (bytes[offset] !== 0x80 && bytes[offset] !== 0x81)) return false
  return bytes[offset + 4]! + readU16(bytes, offset + 2) <= readU32(bytes, offset + 8)
}

/** Over UDP a frame header comes first: request, sequence, total datagrams, zero. */
export function couldBeMemcacheOverUdp(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < UDP_HEADER_LENGTH + 3 || readU16(bytes, offset + 6) !== 0 || readU16(bytes, offset + 4) === 0)
    return false
  return (
    readU16(bytes, offset + 2) > 0 ||
    couldBeMemcache(bytes, offset + UDP_HEADER_LENGTH, length - UDP_HEADER_LENGTH)
  )
}

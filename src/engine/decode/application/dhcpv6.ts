/** DHCPv6 messages: a type, a transaction id and options. RFC 8415 sections 8, 9 and 21. */

import { readU16 } from '../bytes.ts'

const RELAY_FORWARD = 12
const RELAY_REPLY = 13
const MESSAGE_TYPE_MAX = 36

export function looksLikeDhcpv6(bytes: Uint8Array, offset: number, length: number): boolean {
  const type = length > 0 ? bytes[offset]! : 0
  if (type === 0 || type > MESSAGE_TYPE_MAX) return false
  let at = type === RELAY_FORWARD || type === RELAY_REPLY ? 34 : 4
  if (length < at) return false
  while (at + 4 <= length) at += 4 + readU16(bytes, offset + at + 2)
  return at >= length
}

/** SNMP messages: version, community or security header, PDU. RFC 1157, RFC 3416, RFC 3412. */

import { derContentLength, derHeaderLength, hasDerTag } from './asn1.ts'

/** Offset from `offset` of the version's value, 0 when the bytes are no SNMP message. */
export function snmpVersionAt(bytes: Uint8Array, offset: number, length: number): number {
  if (!hasDerTag(bytes, offset, length, 0x30)) return 0
  const at = derHeaderLength(bytes, offset, length)
  if (derContentLength(bytes, offset) < 8 || length < at + 5) return 0
  if (bytes[offset + at] !== 2 || bytes[offset + at + 1] !== 1) return 0
  return at + 2
}

export function looksLikeSnmp(bytes: Uint8Array, offset: number, length: number): boolean {
  const at = snmpVersionAt(bytes, offset, length)
  if (at === 0) return false
  const version = bytes[offset + at]!
  const next = at + 1
  if (version === 3) return bytes[offset + next] === 0x30
  if (version > 1 || bytes[offset + next] !== 4) return false
  const header = derHeaderLength(bytes, offset + next, length - next)
  if (header === 0) return false
  const pdu = next + header + derContentLength(bytes, offset + next)
  return pdu < length && bytes[offset + pdu]! >= 0xa0 && bytes[offset + pdu]! <= 0xa8
}

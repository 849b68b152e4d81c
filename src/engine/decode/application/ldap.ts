/** LDAP messages over TCP, CLDAP over UDP. RFC 4511 section 4.1.1. */

import { derHeaderLength, hasDerTag } from './asn1.ts'

const SEQUENCE = 0x30
const INTEGER = 0x02

/** Offset from `offset` of the protocol operation, 0 when the bytes are no LDAP message. */
export function ldapOperationStart(bytes: Uint8Array, offset: number, length: number): number {
  if (!hasDerTag(bytes, offset, length, SEQUENCE)) return 0
  const at = derHeaderLength(bytes, offset, length)
  if (length < at + 4 || bytes[offset + at] !== INTEGER) return 0
  const idLength = bytes[offset + at + 1]!
  if (idLength < 1 || idLength > 4 || length <= at + 2 + idLength) return 0
  const operation = at + 2 + idLength
  return isLdapOperation(bytes[offset + operation]!) ? operation : 0
}

/** [APPLICATION n] of RFC 4511: 0x42, 0x4a and 0x50 are primitive, the rest constructed. */
export function isLdapOperation(tag: number): boolean {
  if (tag === 0x42 || tag === 0x4a || tag === 0x50) return true
  return (
    (tag >= 0x60 && tag <= 0x6f && tag !== 0x62 && tag !== 0x6a) ||
    tag === 0x73 ||
    (tag >= 0x77 && tag <= 0x79)
  )
}

/** Whether the shape is LDAP's; SNMP differs in the third element, which is a string. */
export function looksLikeLdap(bytes: Uint8Array, offset: number, length: number): boolean {
  return ldapOperationStart(bytes, offset, length) !== 0
}

/** A bind, which opens nearly every session: version 2 or 3 in the request, an enumerated result in the response. */
export function looksLikeLdapBind(bytes: Uint8Array, offset: number, length: number): boolean {
  const at = ldapOperationStart(bytes, offset, length)
  if (at === 0) return false
  const tag = bytes[offset + at]!
  const header = derHeaderLength(bytes, offset + at, length - at)
  const body = at + header
  if (header === 0 || length < body + 3) return false
  if (tag === 0x60) {
    const version = bytes[offset + body + 2]!
    return (
      bytes[offset + body] === INTEGER && bytes[offset + body + 1] === 1 && (version === 2 || version === 3)
    )
  }
  return tag === 0x61 && bytes[offset + body] === 0x0a && bytes[offset + body + 1] === 1
}

/** Credentials in HTTP's Authorization field. RFC 9110 section 11.6.2, RFC 7617. */

import { ascii, startsWithNoCase } from './ascii.ts'
import type { HttpHead } from './http-message.ts'
import { LoginKind, decodeUser, type LoginSign } from './login-sign.ts'

const basic = ascii('basic ')
const COLON = 0x3a

/** Basic shows name and secret; other schemes seal theirs. A 401 refuses what was sent, or asks for the first time. */
export function readHttpLogin(bytes: Uint8Array, head: HttpHead, sign: LoginSign): boolean {
  sign.kind = LoginKind.none
  if (!head.isRequest) sign.kind = head.statusCode === 401 ? LoginKind.failure : LoginKind.none
  else if (head.authorizationOffset !== -1) {
    const { authorizationOffset, authorizationLength } = head
    if (startsWithNoCase(bytes, authorizationOffset, authorizationLength, basic)) {
      decodeUser(
        bytes,
        authorizationOffset + basic.length,
        authorizationLength - basic.length,
        COLON,
        0,
        sign,
      )
      sign.kind = LoginKind.secret
    } else sign.kind = LoginKind.attempt
  }
  return sign.kind !== LoginKind.none
}

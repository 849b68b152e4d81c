/** Command, status and dialect of SMB messages. [MS-CIFS] 2.2.3.1, [MS-SMB2] 2.2.1 and 2.2.4. */

import { readU16le, readU32le } from '../bytes.ts'
import { NBSS_HEADER_LENGTH } from './nbss.ts'

export const SMB_SESSION_SETUP = 0x73
export const SMB2_NEGOTIATE = 0
export const SMB2_SESSION_SETUP = 1
const SMB_HEADER_LENGTH = 32
const SMB2_HEADER_LENGTH = 64

/** Reused for every message. */
export class SmbMessage {
  command = 0
  isResponse = false
  /** NTSTATUS; 0 in requests. */
  status = 0
  /** Revision of an SMB 2 negotiate response, 0 elsewhere. */
  dialect = 0
}

/** SMB 1. False when the header is cut. */
export function readSmbMessage(
  bytes: Uint8Array,
  offset: number,
  length: number,
  message: SmbMessage,
): boolean {
  if (length < NBSS_HEADER_LENGTH + SMB_HEADER_LENGTH) return false
  const at = offset + NBSS_HEADER_LENGTH
  message.command = bytes[at + 4]!
  message.status = readU32le(bytes, at + 5)
  message.isResponse = (bytes[at + 9]! & 0x80) !== 0
  message.dialect = 0
  return true
}

/** SMB 2 and 3: the first message of a compound. False when the header is cut or the message is sealed. */
export function readSmb2Message(
  bytes: Uint8Array,
  offset: number,
  length: number,
  message: SmbMessage,
): boolean {
  if (length < NBSS_HEADER_LENGTH + SMB2_HEADER_LENGTH || bytes[offset + NBSS_HEADER_LENGTH] !== 0xfe)
    return false
  const at = offset + NBSS_HEADER_LENGTH
  message.command = readU16le(bytes, at + 12)
  message.isResponse = (bytes[at + 16]! & 1) !== 0
  message.status = message.isResponse ? readU32le(bytes, at + 8) : 0
  const hasDialect =
    message.isResponse &&
    message.command === SMB2_NEGOTIATE &&
    length >= NBSS_HEADER_LENGTH + SMB2_HEADER_LENGTH + 6
  message.dialect = hasDialect ? readU16le(bytes, at + SMB2_HEADER_LENGTH + 4) : 0
  return true
}

/** Whether a status says that name or password were refused. [MS-ERREF] 2.3.1. */
export function isLogonFailure(status: number): boolean {
  switch (status) {
    case 0xc000006d: // STATUS_LOGON_FAILURE
    case 0xc000006a: // STATUS_WRONG_PASSWORD
    case 0xc0000064: // STATUS_NO_SUCH_USER
    case 0xc000006e: // STATUS_ACCOUNT_RESTRICTION
    case 0xc0000070: // STATUS_INVALID_WORKSTATION
    case 0xc0000071: // STATUS_PASSWORD_EXPIRED
    case 0xc0000072: // STATUS_ACCOUNT_DISABLED
    case 0xc0000234: // STATUS_ACCOUNT_LOCKED_OUT
      return true
    default:
      return false
  }
}

/** Syslog over UDP: a priority in angle brackets. RFC 3164 section 4.1, RFC 5424 section 6.2. */

import { isDigit, isLetter } from './ascii.ts'

const PRIORITY_MAX = 191

/** Bytes of `<priority>`, 0 when the payload does not start with one. */
export function syslogPriorityLength(bytes: Uint8Array, offset: number, length: number): number {
  if (length < 3 || bytes[offset] !== 0x3c) return 0
  let value = 0
  for (let i = 1; i < 5 && i < length; i++) {
    const byte = bytes[offset + i]!
    if (byte === 0x3e) return i > 1 && value <= PRIORITY_MAX ? i + 1 : 0
    if (!isDigit(byte)) return 0
    value = value * 10 + byte - 0x30
  }
  return 0
}

/** Any message with a priority: enough where the port says syslog too. */
export function couldBeSyslog(bytes: Uint8Array, offset: number, length: number): boolean {
  return syslogPriorityLength(bytes, offset, length) !== 0
}

/** A priority, then a version and a space (RFC 5424) or `Mmm dd hh:` (RFC 3164). */
export function looksLikeSyslog(bytes: Uint8Array, offset: number, length: number): boolean {
  const at = syslogPriorityLength(bytes, offset, length)
  if (at === 0 || length < at + 16) return false
  const start = offset + at
  if (bytes[start] === 0x31 && bytes[start + 1] === 0x20)
    return isDigit(bytes[start + 2]!) || bytes[start + 2] === 0x2d
  return (
    isLetter(bytes[start]!) &&
    isLetter(bytes[start + 1]!) &&
    isLetter(bytes[start + 2]!) &&
    bytes[start + 3] === 0x20 &&
    bytes[start + 6] === 0x20 &&
    bytes[start + 9] === 0x3a
  )
}

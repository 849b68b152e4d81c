/** Names in DNS messages: labels and compression pointers. RFC 1035 sections 3.1 and 4.1.4. */

import { DecodeIssue } from '../decode-issue.ts'

/** Bytes of a name on the wire, its last zero included (RFC 1035 section 2.3.4). */
export const DNS_NAME_LENGTH_MAX = 255

/**
 * Pointers followed in one name. Each should save a label at least, and 255 bytes hold 127 labels; without a limit a
 * chain of pointers to pointers makes 64 KiB cost millions of steps.
 */
const POINTER_COUNT_MAX = 127

/** Where a name ended and what was wrong with it; reused for every name. */
export class DnsNameCursor {
  /** Offset of the first byte behind the name. Of no meaning when the name was bad. */
  next = 0
  /** Bytes written. */
  length = 0
  /** DecodeIssue number, 0 for none. */
  issue = 0
}

/**
 * Copy the name at `at` of the message `bytes[start .. end)` into `into` from `intoAt` on, as labels with their lengths
 * and without the last zero, so that its parts stay told apart whatever bytes they have. False, with `cursor.issue`,
 * when it runs out of the message, is longer than 255 bytes, or points anywhere but backwards.
 *
 * A pointer must lead in front of the place where the labels it ends began. That alone makes loops impossible: every
 * jump goes to a smaller offset.
 */
export function readDnsName(
  bytes: Uint8Array,
  start: number,
  end: number,
  at: number,
  into: Uint8Array,
  intoAt: number,
  cursor: DnsNameCursor,
): boolean {
  let from = at
  let segmentStart = at
  let pointerCount = 0
  let written = 0
  cursor.issue = 0
  for (;;) {
    if (from >= end) return fail(cursor, DecodeIssue['dns-bad-name'])
    const label = bytes[from]!
    if (label === 0) {
      if (pointerCount === 0) cursor.next = from + 1
      cursor.length = written
      return true
    }
    if (label >= 0xc0) {
      if (from + 1 >= end) return fail(cursor, DecodeIssue['dns-bad-name'])
      const target = start + (((label & 0x3f) << 8) | bytes[from + 1]!)
      if (target >= segmentStart || pointerCount === POINTER_COUNT_MAX)
        return fail(cursor, DecodeIssue['dns-pointer-loop'])
      if (pointerCount === 0) cursor.next = from + 2
      pointerCount++
      segmentStart = target
      from = target
    } else if (label > 63) {
      return fail(cursor, DecodeIssue['dns-bad-name'])
    } else {
      if (written + label + 2 > DNS_NAME_LENGTH_MAX) return fail(cursor, DecodeIssue['dns-name-too-long'])
      if (from + 1 + label > end) return fail(cursor, DecodeIssue['dns-bad-name'])
      for (let i = 0; i <= label; i++) into[intoAt + written + i] = bytes[from + i]!
      written += label + 1
      from += label + 1
    }
  }
}

function fail(cursor: DnsNameCursor, issue: number): boolean {
  cursor.issue = issue
  cursor.length = 0
  return false
}

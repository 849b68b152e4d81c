/** What a contact says of its source: that it looked for something, or that it used what is there. */

import { Row } from '../../aggregate/conversation-row.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { ProbeKind } from '../probe-kind.ts'
import { isMarkedProbe } from '../probe-marks.ts'
import { AttemptBits, Outcome } from '../record-probe.ts'
import { isInsisted } from './persistent-retry.ts'

/**
 * It did not reach a service, or no system's own TCP sent it: an open port that a tool finds is found, not used. No scanner
 * asks as often as who waits for a service, and none asks in STUN: ICE (RFC 8445) tries all addresses that a peer may have.
 */
export function isProbe(table: AttemptTable, attempt: number): boolean {
  if (isMarkedProbe(table, attempt)) return true
  return (
    table.isFailed(attempt) &&
    !isInsisted(table, attempt) &&
    (table.firstWord(attempt, Row.applicationAndPath) & 0xff) !== Protocol.stun
  )
}

/** Data flowed, and not just because a scanner came back to read what answers. */
export function isUse(table: AttemptTable, attempt: number): boolean {
  const known = table.useOf[attempt]!
  if (known !== 0) return known === 1
  const isUsed = table.isServed(attempt) && !isMarkedProbe(table, attempt)
  table.useOf[attempt] = isUsed ? 1 : 2
  return isUsed
}

/**
 * Connected to once, and left without a word, whether the service greeted or not: whoever uses a service says something, and
 * whoever waits for it or watches it comes back.
 */
export function isLeftUnsaid(table: AttemptTable, attempt: number): boolean {
  return (
    table.kind(attempt) === ProbeKind.tcpSyn &&
    (table.bits(attempt) & (AttemptBits.outcomeMask | AttemptBits.spoke | AttemptBits.inferred)) ===
      Outcome.open &&
    table.recordCount(attempt) === 1
  )
}

/**
 * As `isUse`, where many hosts are judged: to read the greetings of many services is to look for them. Of one host it may be
 * use, as an FTP server's data comes without a question on its connection.
 */
export function isHostUse(table: AttemptTable, attempt: number): boolean {
  return isUse(table, attempt) && !isLeftUnsaid(table, attempt)
}

/**
 * All that is seen of the source is that it reset a SYN+ACK, or let it be repeated: so it never asked, as whoever asks
 * acknowledges or resets what comes. The SYN+ACK is an answer to somebody who forged its address, or a question for its IP id.
 */
export function isUnasked(table: AttemptTable, attempt: number): boolean {
  const both = AttemptBits.inferred | AttemptBits.repeatedAnswer
  return isResetUnasked(table, attempt) || (table.bits(attempt) & both) === both
}

export function isResetUnasked(table: AttemptTable, attempt: number): boolean {
  const both = AttemptBits.inferred | AttemptBits.halfOpen
  return (table.bits(attempt) & both) === both
}

export function hasUnasked(table: AttemptTable, attempts: Int32Array): boolean {
  for (let i = 0; i < attempts.length; i++) if (isUnasked(table, attempts[i]!)) return true
  return false
}

/** Whether at least `count` of the attempts did not lead to a service that was used: what every threshold counts at most. */
export function hasUnused(table: AttemptTable, attempts: Int32Array, count: number): boolean {
  let unused = 0
  for (let i = 0; i < attempts.length && unused < count; i++) if (!isHostUse(table, attempts[i]!)) unused++
  return unused >= count
}

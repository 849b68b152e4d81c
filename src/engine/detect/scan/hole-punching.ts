/**
 * Two hosts behind address translation that look for a way to each other (RFC 5128 section 3.3): one tries many of the other's
 * ports, as it cannot know which the translation has chosen (of 256 open ones a few hundred tries meet one, by the birthday
 * paradox: Tailscale, "How NAT traversal works", 2020), and they talk where it got through.
 */

import type { AttemptTable } from '../attempt-table.ts'
import { Outcome } from '../record-probe.ts'

/** Translations choose from these alone for a client's (RFC 4787 section 4.2.1). */
const TRANSLATED_PORT_MIN = 1024
/** Packets each way that only a conversation has: a scanner asks an open port once, and has its answer. */
const TALK_MIN = 3

/** `attempts`: UDP, of one source on one target. */
export function isHolePunching(table: AttemptTable, attempts: Int32Array): boolean {
  const from = table.sourcePort(attempts[0]!)
  let isTalking = false
  for (const attempt of attempts) {
    // A host that can be reached refuses what it does not expect; a translation drops it.
    if (table.outcome(attempt) === Outcome.refused) return false
    if (table.sourcePort(attempt) !== from || table.port(attempt) < TRANSLATED_PORT_MIN) return false
    isTalking ||= table.askedCount(attempt) >= TALK_MIN && table.answerCount(attempt) >= TALK_MIN
  }
  return isTalking
}

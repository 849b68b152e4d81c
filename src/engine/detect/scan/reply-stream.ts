/** UDP answers whose questions are not in the capture: one service port to many of a client's own ports. */

import { Row } from '../../aggregate/conversation-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { AttemptBits } from '../record-probe.ts'

/**
 * True of a source whose datagrams to one target all come from one port below 1024, or one whose payload names the
 * service, and go to unprivileged ports only. A scanner that forges port 53 as its source still tries low ports, or
 * sends datagrams without a byte, which answer nothing.
 */
export function isReplyStream(table: AttemptTable, attempts: Int32Array): boolean {
  const first = table.sourcePort(attempts[0]!)
  if (first >= 1024 && (table.firstWord(attempts[0]!, Row.applicationAndPath) & 0xff) === 0) return false
  for (const attempt of attempts) {
    if (table.port(attempt) < 1024 || table.sourcePort(attempt) !== first) return false
    if ((table.bits(attempt) & AttemptBits.empty) !== 0) return false
  }
  return true
}

/** What a filter has to select: probes of one kind, from whom, to whom, to which ports. */

import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { PROBE_KIND_COUNT } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import { KeyBits, Row } from '../../aggregate/conversation-row.ts'
import { encapsulationOf } from './encapsulation.ts'

export interface ProbeSet {
  readonly kind: number
  readonly isIpv6: boolean
  readonly isTunnelled: boolean
  /** The probes themselves are not in the capture: the filter selects what was answered to them. */
  readonly isAnswers: boolean
  /** What libpcap steps over before IP; null when it differs among the probes. */
  readonly encapsulation: string | null
  readonly sources: Int32Array
  readonly targets: Int32Array
  readonly ports: Int32Array
}

/** One set for each kind of probe and IP version among the attempts, and one more for those known by their answers alone. */
export function probeSets(table: AttemptTable, attempts: Int32Array): ProbeSet[] {
  const counts = new Uint32Array(4 * PROBE_KIND_COUNT)
  const slotOf = (attempt: number): number =>
    4 * table.kind(attempt) +
    2 * (isKnownByAnswer(table, attempt) ? 1 : 0) +
    table.hosts.isIpv6[table.source(attempt)]!
  for (const attempt of attempts) counts[slotOf(attempt)] = counts[slotOf(attempt)]! + 1
  const sets: ProbeSet[] = []
  for (let slot = 0; slot < counts.length; slot++) {
    if (counts[slot] === 0) continue
    const own = filterAttempts(attempts, (attempt) => slotOf(attempt) === slot)
    const isTunnelled = own.some(
      (attempt) => ((table.firstWord(attempt, Row.key) >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) !== 0,
    )
    sets.push({
      kind: slot >>> 2,
      isIpv6: (slot & 1) === 1,
      isTunnelled,
      isAnswers: (slot & 2) !== 0,
      encapsulation: encapsulationOf(
        table.evidence,
        own.map((attempt) => table.firstRow(attempt)),
      ),
      sources: distinctOf(own.map((attempt) => table.source(attempt))),
      targets: distinctOf(own.map((attempt) => table.target(attempt))),
      ports: distinctOf(own.map((attempt) => table.port(attempt))),
    })
  }
  return sets
}

function isKnownByAnswer(table: AttemptTable, attempt: number): boolean {
  return (
    (table.bits(attempt) & AttemptBits.inferred) !== 0 &&
    table.askedCount(attempt) === 0 &&
    table.answerCount(attempt) > 0
  )
}

/** Ascending, each once. */
export function distinctOf(list: Int32Array): Int32Array {
  const sorted = list.slice().sort()
  let count = 0
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!
  }
  return sorted.subarray(0, count)
}

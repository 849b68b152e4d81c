/** What a filter has to select: probes of one kind, from whom, to whom, to which ports. */

import { filterAttempts } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { PROBE_KIND_COUNT, ProbeKind } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import { KeyBits, Row } from '../../aggregate/conversation-row.ts'
import { encapsulationOf } from './encapsulation.ts'
import { pairsBeside, type PairsBeside } from './pairs-beside.ts'

/** The probes themselves; or they were not captured, and only what was answered to them, or the ICMP errors that quote them. */
export type Shown = (typeof SHOWN)[number]
const SHOWN = ['probes', 'answers', 'errors'] as const

export interface ProbeSet {
  readonly kind: number
  readonly isIpv6: boolean
  readonly isTunnelled: boolean
  /** What of the probes is in the capture, and so what the filter selects. */
  readonly shows: Shown
  /** What libpcap steps over before IP; null when it differs among the probes. */
  readonly encapsulation: string | null
  readonly sources: Int32Array
  readonly targets: Int32Array
  readonly ports: Int32Array
  /** TCP flags of the first packets, lower eight bits; empty for probes that are no TCP. */
  readonly flags: Int32Array
  /** Not to be selected, though among the targets and ports. */
  readonly beside: readonly PairsBeside[]
}

/** One set for each kind of probe, IP version and what is shown of them. `all`: of their source, where they have one alone. */
export function probeSets(table: AttemptTable, attempts: Int32Array, all: Int32Array | null): ProbeSet[] {
  const counts = new Uint32Array(2 * SHOWN.length * PROBE_KIND_COUNT)
  const slotOf = (attempt: number): number =>
    2 * (SHOWN.length * table.kind(attempt) + SHOWN.indexOf(shownOf(table, attempt))) +
    table.hosts.isIpv6[table.source(attempt)]!
  for (const attempt of attempts) counts[slotOf(attempt)] = counts[slotOf(attempt)]! + 1
  const sets: ProbeSet[] = []
  for (let slot = 0; slot < counts.length; slot++) {
    if (counts[slot] === 0) continue
    const own = filterAttempts(attempts, (attempt) => slotOf(attempt) === slot)
    const shows = SHOWN[(slot >>> 1) % SHOWN.length]!
    const isTunnelled = own.some(
      (attempt) => ((table.firstWord(attempt, Row.key) >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) !== 0,
    )
    const kind = Math.floor(slot / (2 * SHOWN.length))
    sets.push({
      kind,
      isIpv6: (slot & 1) === 1,
      isTunnelled,
      shows,
      encapsulation: encapsulationOf(
        table.evidence,
        own.map((attempt) => table.firstRow(attempt)),
      ),
      sources: distinctOf(own.map((attempt) => table.source(attempt))),
      targets: distinctOf(own.map((attempt) => table.target(attempt))),
      ports: distinctOf(own.map((attempt) => table.port(attempt))),
      flags:
        kind < ProbeKind.udp
          ? distinctOf(
              own.map((attempt) => (table.firstWord(attempt, Row.firstPacketAndErrors) >>> 8) & 0xff),
            )
          : new Int32Array(0),
      beside: all === null || shows !== 'probes' ? [] : pairsBeside(table, own, all),
    })
  }
  return sets
}

function shownOf(table: AttemptTable, attempt: number): Shown {
  if ((table.bits(attempt) & AttemptBits.inferred) === 0 || table.askedCount(attempt) > 0) return 'probes'
  return table.answerCount(attempt) > 0 ? 'answers' : 'errors'
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

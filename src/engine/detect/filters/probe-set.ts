/** What a filter has to select: probes of one kind, from whom, to whom, to which ports. */

import type { AttemptTable } from '../attempt-table.ts'
import { KeyBits, Row } from '../../aggregate/conversation-row.ts'
import { encapsulationOf } from './encapsulation.ts'

export interface ProbeSet {
  readonly kind: number
  readonly isIpv6: boolean
  readonly isTunnelled: boolean
  /** What libpcap steps over before IP; null when it differs among the probes. */
  readonly encapsulation: string | null
  readonly sources: Int32Array
  readonly targets: Int32Array
  readonly ports: Int32Array
}

/** One set for each kind of probe and IP version among the attempts. */
export function probeSets(table: AttemptTable, attempts: Int32Array): ProbeSet[] {
  const sets: ProbeSet[] = []
  for (let kind = 0; kind < 16; kind++) {
    for (const isIpv6 of [false, true]) {
      const sources = new Int32Array(attempts.length)
      const targets = new Int32Array(attempts.length)
      const ports = new Int32Array(attempts.length)
      const rows = new Int32Array(attempts.length)
      let count = 0
      let isTunnelled = false
      for (const attempt of attempts) {
        if (table.kind(attempt) !== kind || (table.hosts.isIpv6[table.source(attempt)] === 1) !== isIpv6)
          continue
        rows[count] = table.firstRow(attempt)
        sources[count] = table.source(attempt)
        targets[count] = table.target(attempt)
        ports[count++] = table.port(attempt)
        if (((table.firstWord(attempt, Row.key) >>> KeyBits.tunnelShift) & KeyBits.tunnelMask) !== 0)
          isTunnelled = true
      }
      if (count === 0) continue
      const distinct = (list: Int32Array): Int32Array => distinctOf(list.subarray(0, count))
      sets.push({
        kind,
        isIpv6,
        isTunnelled,
        encapsulation: encapsulationOf(table.evidence, rows.subarray(0, count)),
        sources: distinct(sources),
        targets: distinct(targets),
        ports: distinct(ports),
      })
    }
  }
  return sets
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

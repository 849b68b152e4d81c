/**
 * What a filter of all targets and all ports of a finding selects besides: a port of one of its targets that its source used, or tried
 * at another time, while it was scanned on others.
 */

import { filterAttempts, forEachGroup } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { hasPort } from '../probe-kind.ts'

/** Pairs of host and port beyond which a filter is no longer read, nor a program of libpcap short; it then selects them too. */
const PAIRS_MAX = 100

export interface PairsBeside {
  readonly target: number
  /** Ascending, each once. */
  readonly ports: Int32Array
}

/** `own` are the attempts to select, of one kind; `all` those of their source, of any. Targets ascending. */
export function pairsBeside(table: AttemptTable, own: Int32Array, all: Int32Array): readonly PairsBeside[] {
  const kind = table.kind(own[0]!)
  const source = table.source(own[0]!)
  const isOfOne = table.source(all[0]!) === source && own.every((attempt) => table.source(attempt) === source)
  if (!hasPort(kind) || all.length <= own.length || !isOfOne) return []
  const [selected, targets, ports] = [
    new NumberSet(own),
    new NumberSet(own.map((attempt) => table.target(attempt))),
    new NumberSet(own.map((attempt) => table.port(attempt))),
  ]
  if (targets.count * ports.count === own.length) return []
  const beside = filterAttempts(
    all,
    (attempt) =>
      table.kind(attempt) === kind &&
      targets.has(table.target(attempt)) &&
      ports.has(table.port(attempt)) &&
      !selected.has(attempt),
  )
  if (beside.length > PAIRS_MAX) return []
  const pairs: PairsBeside[] = []
  forEachGroup(
    beside,
    (attempt) => table.target(attempt),
    1,
    (members, target) => pairs.push({ target, ports: members.map((a) => table.port(a)).sort() }),
  )
  return pairs
}

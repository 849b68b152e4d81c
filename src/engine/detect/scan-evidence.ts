/** What the scanner learned and did next, and its probes one by one: the part of a finding that people check. */

import { ConversationView } from '../aggregate/conversation-view.ts'
import { filterAttempts, forEachGroup } from './attempt-groups.ts'
import type { AttemptTable } from './attempt-table.ts'
import { portsText } from './filters/number-ranges.ts'
import type { FindingEvidence, Outcomes } from './finding.ts'
import { NumberSet } from './number-set.ts'
import { hasPort, ProbeKind, TECHNIQUE_NAMES } from './probe-kind.ts'
import { Outcome } from './record-probe.ts'
import { unionAttempts } from './typed-concat.ts'

/** Rows and probes of one finding; what lies beyond is counted in `probeCount` and the outcomes. */
export const PROBES_MAX = 2_000
const LEARNED_MAX = 200
const LEARNED_MIN = 5
const NEXT_MAX = 100
/** Attempts from which rows are made: sixty-five thousand ports of one host, or the first of very many hosts. */
const LEARNED_FROM_MAX = 65_536

export function countOutcomes(table: AttemptTable, attempts: Int32Array): Outcomes {
  const counts = [0, 0, 0, 0, 0]
  for (const attempt of attempts) counts[table.outcome(attempt)] = counts[table.outcome(attempt)]! + 1
  const [open, refused, filtered, silent, unknown] = counts as [number, number, number, number, number]
  return { open, refused, filtered, silent, unknown }
}

/** `listed` are the targets named in the finding, ascending; `probesMax` shares out memory when findings are many. */
export function scanEvidence(
  table: AttemptTable,
  attempts: Int32Array,
  listed: Int32Array,
  toolHint: string | null,
  probesMax: number,
): FindingEvidence {
  const places = new NumberSet(listed)
  const probes: FindingEvidence['probes'][number][] = []
  for (const attempt of attempts) {
    if (probes.length === Math.min(probesMax, PROBES_MAX)) break
    const seconds = Math.round(table.time(attempt) * 1e6) / 1e6
    const target = places.placeOf(table.target(attempt))
    probes.push([seconds, target, table.port(attempt), table.outcome(attempt), table.frame(attempt)])
  }
  return {
    learned: learnedOf(
      table,
      attempts,
      Math.max(LEARNED_MIN, Math.min(LEARNED_MAX, Math.floor(probesMax / 10))),
    ),
    next: nextOf(table, attempts),
    toolHint,
    probes,
    probeCount: attempts.length,
  }
}

function learnedOf(table: AttemptTable, attempts: Int32Array, rowsMax: number): FindingEvidence['learned'] {
  const rows: { readonly open: number; readonly row: FindingEvidence['learned'][number] }[] = []
  const ported = filterAttempts(
    attempts,
    (a) => hasPort(table.kind(a)) || table.kind(a) === ProbeKind.ipProtocol,
  )
  // Of a million silent targets only the first are worth a row; those with something open come before them.
  const speaks = filterAttempts(ported, (a) => table.outcome(a) === Outcome.open)
  const first =
    speaks.length === 0
      ? ported.subarray(0, LEARNED_FROM_MAX)
      : ported.subarray(0, Math.max(LEARNED_FROM_MAX, 8 * speaks.length))
  forEachGroup(
    unionAttempts([speaks, first]),
    (attempt) => table.target(attempt),
    1,
    (members, target) => {
      const ports: number[][] = [[], [], [], [], []]
      for (const attempt of members) ports[table.outcome(attempt)]!.push(table.port(attempt))
      const [open, refused, filtered, silent] = ports as [number[], number[], number[], number[]]
      if (rows.length >= rowsMax && open.length === 0) return
      const row = {
        target: table.hosts.text(target),
        open: portsText(open),
        refused: portsText(refused),
        filtered: portsText(filtered),
        silent: portsText(silent),
      }
      rows.push({ open: open.length, row })
    },
  )
  return rows
    .sort((x, y) => y.open - x.open || compare(x.row.target, y.row.target))
    .slice(0, rowsMax)
    .map(({ row }) => row)
}

/** Conversations in which a port found open was used. */
function nextOf(table: AttemptTable, attempts: Int32Array): FindingEvidence['next'] {
  const view = new ConversationView(table.evidence.conversations, table.evidence.addresses)
  const next: FindingEvidence['next'][number][] = []
  for (const attempt of attempts) {
    const row = table.servedRow(attempt)
    const kind = table.kind(attempt)
    if (row === -1 || row === table.firstRow(attempt) || !hasPort(kind) || kind === ProbeKind.udp) continue
    view.go(row)
    next.push({
      target: table.hosts.text(table.target(attempt)),
      port: table.port(attempt),
      protocol:
        kind === ProbeKind.sctpInit ? 'sctp' : TECHNIQUE_NAMES[kind]!.startsWith('tcp') ? 'tcp' : 'udp',
      firstFrame: table.firstFrame(row),
      originatorByteCount: view.originatorByteCount,
      responderByteCount: view.responderByteCount,
    })
    if (next.length === NEXT_MAX) break
  }
  return next
}

function compare(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0
}

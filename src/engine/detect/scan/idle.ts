/**
 * Idle scans (Nmap -sI): the probes bear the address of a third host, the zombie, whose counter of IP ids tells the scanner
 * what came back to it. To read the counter the scanner sends the zombie SYN+ACKs that it never asked for, and is reset.
 */

import { filterAttempts, forEachGroup, type HostIndex } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import type { RuleLimits } from '../rules.ts'
import { isResetUnasked } from './probe-or-use.ts'
import type { ScanDraft } from './scan-draft.ts'

/** Seconds before and after the probes in which the counter is read. */
const AROUND_SECONDS = 60

/** Scans in a zombie's name as those of who asked for its IP ids meanwhile; all others as they were. */
export function unmaskIdleScans(
  table: AttemptTable,
  bySource: HostIndex,
  drafts: readonly ScanDraft[],
  limits: RuleLimits['idle-scan'],
): ScanDraft[] {
  return drafts.map((draft) => {
    const [zombie] = draft.sources
    if (draft.sources.length !== 1 || zombie === undefined) return draft
    return unmasked(table, bySource.of(zombie), draft, limits) ?? draft
  })
}

function unmasked(
  table: AttemptTable,
  ofZombie: Int32Array,
  draft: ScanDraft,
  { questions }: RuleLimits['idle-scan'],
): ScanDraft | null {
  const { attempts } = draft
  const from = table.time(attempts[0]!) - AROUND_SECONDS
  const to = table.time(attempts[attempts.length - 1]!) + AROUND_SECONDS
  // Whoever is scanned answers with SYN+ACKs too, some to SYNs that are missing in the capture.
  const targets = new NumberSet(attempts.map((attempt) => table.target(attempt)))
  const asked = filterAttempts(
    ofZombie,
    (attempt) =>
      isResetUnasked(table, attempt) &&
      !targets.has(table.target(attempt)) &&
      table.time(attempt) >= from &&
      table.time(attempt) <= to,
  )
  const zombie = table.hosts.text(draft.sources[0]!)
  let scanner = -1
  let asks = 0
  forEachGroup(
    asked,
    (attempt) => table.target(attempt),
    questions,
    (members, asking) => {
      if (members.length <= asks) return
      scanner = asking
      asks = members.length
    },
  )
  if (scanner === -1) return null
  return {
    ...draft,
    rule: 'idle-scan',
    sources: [scanner],
    because: `${table.hosts.text(scanner)} drew ${asks} resets from ${zombie} meanwhile, which count its IP ids: the probes bear its address, and are not its own`,
    measures: { firedBy: 'questions', measured: asks, threshold: questions, zombie },
    certainty: 0.85,
  }
}

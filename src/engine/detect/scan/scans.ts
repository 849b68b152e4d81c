/** All scan rules over all sources: drafts of who scanned whom. */

import { filterAttempts, forEachGroup, inTimeOrder, type HostIndex } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import type { ExplainedHosts } from '../explained-hosts.ts'
import { NumberSet } from '../number-set.ts'
import { hasPort, PORTED_KIND_COUNT, ProbeKind } from '../probe-kind.ts'
import { RecordsOfHosts } from '../records-of-hosts.ts'
import type { RuleLimits } from '../rules.ts'
import { unionAttempts } from '../typed-concat.ts'
import { withoutBrokenSessions } from './broken-sessions.ts'
import { withoutCallBacks } from './call-backs.ts'
import { withoutDeadLine } from './dead-line.ts'
import { joinDecoys } from './decoys.ts'
import { distributedScans, joinPartners } from './distributed.ts'
import { hostSweep } from './host-sweep.ts'
import { unmaskIdleScans } from './idle.ts'
import { ipProtocolScan } from './ip-protocol.ts'
import { withoutKnownPeers } from './known-peers.ts'
import { kindsOf } from './least-evidence.ts'
import { hasUnasked, isUnasked } from './probe-or-use.ts'
import type { ScanDraft } from './scan-draft.ts'
import { sourceScans } from './source-scans.ts'
import { withoutTranslated } from './translated.ts'

/** Attempts below which no rule can fire: three stealth probes are the least. */
const ATTEMPTS_MIN = 3

export function findScans(
  table: AttemptTable,
  bySource: HostIndex,
  byTarget: HostIndex,
  limits: RuleLimits,
  explained: ExplainedHosts,
): ScanDraft[] {
  const sourceCount = countSources(bySource, table.hosts.count)
  const records = new RecordsOfHosts(table)
  const drafts: ScanDraft[] = []
  for (let source = 0; source < table.hosts.count; source++) {
    if (bySource.count(source) < ATTEMPTS_MIN) continue
    const [own, received] = [bySource.of(source), byTarget.of(source)]
    drafts.push(...ofSource(table, records, source, own, received, sourceCount, limits))
  }
  const own = unmaskIdleScans(table, bySource, drafts, limits['idle-scan'])
  const { drafts: seen, addresses } = withoutTranslated(table, own)
  for (const address of addresses) explained.set(address, 'address-translation')
  const joined = joinPartners(
    table,
    joinDecoys(table, seen, limits['decoy-scan']),
    limits['distributed-scan'],
  )
  const isFlagged = new Uint8Array(table.hosts.count)
  for (const { sources } of joined) for (const source of sources) isFlagged[source] = 1
  return [...joined, ...distributedScans(table, byTarget, isFlagged, limits['distributed-scan'])]
}

/** `attempts` of the source, and those `received` by it. */
function ofSource(
  table: AttemptTable,
  records: RecordsOfHosts,
  source: number,
  attempts: Int32Array,
  received: Int32Array,
  sourceCount: number,
  limits: RuleLimits,
): ScanDraft[] {
  // Most sources have asked, and ports alone: nothing is to be left out then.
  const kinds = kindsOf(table, attempts)
  const isAllPorted = kinds < 1 << PORTED_KIND_COUNT && !hasUnasked(table, attempts)
  const ported = isAllPorted
    ? attempts
    : filterAttempts(attempts, (attempt) => hasPort(table.kind(attempt)) && !isUnasked(table, attempt))
  const scans = portScans(table, records, source, ported, received, sourceCount, limits)
  const others = ported.length === attempts.length ? null : attempts
  const falseAlarm = limits['slow-scan'].falseAlarm / sourceCount
  const sweep =
    others === null ? null : hostSweep(table, source, others, kinds, falseAlarm, limits['host-sweep'])
  const protocols = others === null ? null : ipProtocolScan(table, source, others, limits['ip-protocol-scan'])
  const drafts = sweep === null ? scans : joinPings(table, sweep, scans, ported)
  return protocols === null ? drafts : [...drafts, protocols]
}

/** What excuses attempts is looked for only where something was found: few sources have any. */
function portScans(
  table: AttemptTable,
  records: RecordsOfHosts,
  source: number,
  ported: Int32Array,
  received: Int32Array,
  sourceCount: number,
  limits: RuleLimits,
): ScanDraft[] {
  if (ported.length < ATTEMPTS_MIN) return []
  const scans = sourceScans(table, source, ported, sourceCount, limits)
  if (scans.length === 0) return scans
  const uncalled = withoutCallBacks(table, ported, received)
  const undialled = withoutBrokenSessions(table, uncalled, records)
  const unknown = withoutKnownPeers(table, undialled, received, records)
  const left = withoutDeadLine(table, unknown, records, limits['slow-scan'].benignSuccess)
  return left.length === ported.length ? scans : sourceScans(table, source, left, sourceCount, limits)
}

/** Share of a port's targets that a sweep has asked too, and of the sweep's that the port was tried on, to be one search. */
const PING_OVERLAP_MIN = 0.8
const PING_SHARE_MIN = 0.5

/**
 * Nmap looks for hosts with a ping, a SYN to 443, an ACK to 80 and a timestamp request: one sweep, four probes, none of
 * which makes a port scan.
 */
function joinPings(
  table: AttemptTable,
  sweep: ScanDraft,
  scans: readonly ScanDraft[],
  ported: Int32Array,
): ScanDraft[] {
  if (!sweep.attempts.some((attempt) => table.kind(attempt) < ProbeKind.arp)) return [...scans, sweep]
  const asked = new NumberSet(sweep.attempts.map((attempt) => table.target(attempt)))
  const isSwept = (attempts: Int32Array): boolean =>
    filterAttempts(attempts, (a) => asked.has(table.target(a))).length >= PING_OVERLAP_MIN * attempts.length
  const pings: Int32Array[] = []
  const byPort = (attempt: number): number => (table.kind(attempt) << 16) | table.port(attempt)
  const unused = filterAttempts(ported, (attempt) => !table.isServed(attempt))
  forEachGroup(unused, byPort, Math.ceil(PING_SHARE_MIN * asked.count), (members) => {
    if (isSwept(members)) pings.push(members.slice())
  })
  if (pings.length === 0) return [...scans, sweep]
  const isPingScan = ({ rule, attempts }: ScanDraft): boolean =>
    (rule === 'horizontal-scan' || rule === 'slow-scan') && isSwept(attempts)
  const all = inTimeOrder(table, unionAttempts([sweep.attempts, ...pings]))
  return [...scans.filter((scan) => !isPingScan(scan)), { ...sweep, attempts: all }]
}

function countSources(bySource: HostIndex, hostCount: number): number {
  let count = 0
  for (let host = 0; host < hostCount; host++) if (bySource.count(host) > 0) count++
  return count
}

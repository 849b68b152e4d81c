/** All that the port scan rules say of one source, as few findings as tell it. */

import { countDistinct, filterAttempts, forEachGroup, inTimeOrder } from '../attempt-groups.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { NumberSet } from '../number-set.ts'
import { hasPort, PROBE_KIND_COUNT, ProbeKind } from '../probe-kind.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow, peakInWindow } from '../sliding-window.ts'
import { concatAttempts, unionAttempts } from '../typed-concat.ts'
import { FanOut } from './fan-out.ts'
import { horizontalFiring } from './horizontal.ts'
import { isHolePunching } from './hole-punching.ts'
import { GROUP_MIN, kindsOf, leastEvidence, leastHosts, leastPorts } from './least-evidence.ts'
import { isPeerToPeer } from './peer-to-peer.ts'
import { isRefusedAgain, SCANNER_RECORDS_MAX } from './persistent-retry.ts'
import { hasUnused, isHostUse, isUse } from './probe-or-use.ts'
import { isReplyStream, withoutClosings } from './reply-stream.ts'
import type { ScanDraft } from './scan-draft.ts'
import { countFiring, walkFiring } from './slow.ts'
import { withoutSwarms } from './swarms.ts'
import { becauseOf, timedGroup, type Firing } from './timed-group.ts'
import { withoutTraceroutes } from './traceroute.ts'
import { forEachUnusedGroup } from './unused-groups.ts'
import { verticalFiring } from './vertical.ts'

/** Seconds around the probes in which a used port still counts as part of the scan: a connect scan reads banners. */
const AROUND_SECONDS = 60

interface Hit {
  /** The target, or the port. */
  readonly key: number
  readonly members: Int32Array
  readonly firing: Firing
}

/** `all`: attempts of one source with a port, in any order. `sourceCount`: sources tested in this capture. */
export function sourceScans(
  table: AttemptTable,
  source: number,
  all: Int32Array,
  sourceCount: number,
  limits: RuleLimits,
): ScanDraft[] {
  const least = leastEvidence(table, all, sourceCount, limits)
  // Most sources use what they contact: nothing below can come of them.
  if (!hasUnused(table, all, least.any)) return []
  const drafts: ScanDraft[] = []
  const wanted = withoutSwarms(table, withoutFtpData(table, all))
  const attempts = withoutClosings(table, withoutTraceroutes(table, wanted))
  const talk = filterAttempts(
    attempts,
    (a) =>
      table.kind(a) === ProbeKind.tcpSyn ||
      table.kind(a) === ProbeKind.tcpAck ||
      table.kind(a) === ProbeKind.udp,
  )
  const isPeer = isPeerToPeer(table, talk)
  const fanOut = new FanOut(table, attempts)
  // Most sources use one kind or two, so most passes over their attempts would find nothing.
  const kinds = kindsOf(table, attempts)
  for (let kind = 0; kind < PROBE_KIND_COUNT; kind++) {
    if (!hasPort(kind) || (kinds & (1 << kind)) === 0) continue
    const own = filterAttempts(attempts, (attempt) => table.kind(attempt) === kind)
    if (own.length >= GROUP_MIN) drafts.push(...kindScans(table, source, kind, own, isPeer, fanOut, limits))
  }
  if (drafts.length === 0 && !isPeer && hasUnused(table, attempts, least.slow)) {
    const slow = slowScan(table, source, attempts, sourceCount, fanOut, limits)
    if (slow !== null) drafts.push(slow)
  }
  return drafts
}

function kindScans(
  table: AttemptTable,
  source: number,
  kind: number,
  attempts: Int32Array,
  isPeer: boolean,
  fanOut: FanOut,
  limits: RuleLimits,
): ScanDraft[] {
  const targets: Hit[] = []
  const ports: Hit[] = []
  forEachUnusedGroup(
    table,
    attempts,
    (attempt) => table.target(attempt),
    leastPorts(kind, limits['vertical-scan']),
    (members, key) => {
      if (kind === ProbeKind.udp && isReplyStream(table, members)) return
      const firing = verticalFiring(table, kind, timedGroup(table, members), limits['vertical-scan'])
      if (firing !== null && kind === ProbeKind.udp && isHolePunching(table, members)) return
      if (firing !== null) targets.push({ key, members: members.slice(), firing })
    },
  )
  forEachUnusedGroup(
    table,
    attempts,
    (attempt) => table.port(attempt),
    leastHosts(kind, limits['horizontal-scan']),
    (members, key) => {
      if (isPeer && key >= 1024) return
      const firing = horizontalFiring(
        table,
        kind,
        key,
        timedGroup(table, members),
        fanOut,
        limits['horizontal-scan'],
      )
      if (firing !== null) ports.push({ key, members: members.slice(), firing })
    },
    isHostUse,
  )
  if (ports.length > 0) ports.push(...companions(table, attempts, ports))
  const block = limits['block-scan']
  const draft = (rule: ScanDraft['rule'], hits: readonly Hit[]): ScanDraft =>
    hitDraft(table, source, rule, hits)
  if (targets.length > 1 && ports.length > 0) return [draft('block-scan', [...targets, ...ports])]
  if (targets.length >= block.strobeHosts && sharesPorts(table, targets))
    return [draft('block-scan', targets)]
  if (ports.length >= block.strobePorts && sharesTargets(table, ports)) return [draft('block-scan', ports)]
  const drafts: ScanDraft[] = []
  if (targets.length > 0) drafts.push(draft('vertical-scan', targets))
  if (ports.length > 0) drafts.push(draft('horizontal-scan', ports))
  if (drafts.length > 0 || isPeer) return drafts
  const found = blockFiring(table, kind, attempts, fanOut, limits)
  return found === null ? [] : [draft('block-scan', [found])]
}

/** Share of a port's targets that a scanned port has too, and of those that it was tried on, to be of one scan. */
const OVERLAP_MIN = 0.8
const SHARE_MIN = 0.5

/** Further ports tried on the targets of a scanned port, and not used: fewer of them failed, but they are of the same scan. */
function companions(table: AttemptTable, attempts: Int32Array, hits: readonly Hit[]): Hit[] {
  const isTarget = new Uint8Array(table.hosts.count)
  let targetCount = 0
  for (const { members } of hits) {
    for (const attempt of members) {
      if (isTarget[table.target(attempt)] === 0) targetCount++
      isTarget[table.target(attempt)] = 1
    }
  }
  const known = new NumberSet(Int32Array.from(hits, ({ key }) => key))
  const found: Hit[] = []
  const others = filterAttempts(attempts, (a) => !known.has(table.port(a)) && !isUse(table, a))
  forEachGroup(
    others,
    (attempt) => table.port(attempt),
    Math.ceil(SHARE_MIN * targetCount),
    (members, key) => {
      const shared = filterAttempts(members, (attempt) => isTarget[table.target(attempt)] === 1)
      if (shared.length < Math.max(OVERLAP_MIN * members.length, SHARE_MIN * targetCount)) return
      found.push({ key, members: members.slice(), firing: hits[0]!.firing })
    },
  )
  return found
}

/** Many pairs, though no one target nor port has enough: at least two of each, and no dead line. */
function blockFiring(
  table: AttemptTable,
  kind: number,
  attempts: Int32Array,
  fanOut: FanOut,
  limits: RuleLimits,
): Hit | null {
  if (kind === ProbeKind.udp) return null
  const { failedPairs, windowSeconds, netFailures } = limits['block-scan']
  if (attempts.length < failedPairs) return null
  const { members, times } = timedGroup(table, attempts)
  const isFailed = (place: number): boolean =>
    fanOut.isTelling(members[place]!) && !isRefusedAgain(table, members[place]!)
  const isServed = (place: number): boolean => isUse(table, members[place]!)
  const found = firstWindow(times, windowSeconds, failedPairs, netFailures, isFailed, isServed)
  if (found === null) return null
  const because = `${failedPairs} pairs of host and port failed within ${windowSeconds} s`
  const value = peakInWindow(times, windowSeconds, isFailed)
  const firing: Firing = {
    attempt: members[found.at]!,
    because,
    measure: 'failedPairs',
    measured: failedPairs,
    threshold: failedPairs,
    whole: {
      measure: 'failedPairs',
      value,
      threshold: failedPairs,
      because: `${value} pairs of host and port failed or were only probed within ${windowSeconds} s, where ${failedPairs} are enough`,
    },
  }
  return { key: 0, members, firing }
}

/** Several ports of the same hosts are a block; of different hosts, several horizontal scans. */
function sharesTargets(table: AttemptTable, ports: readonly Hit[]): boolean {
  let sum = 0
  for (const { members } of ports) sum += members.length
  const all = concatAttempts(ports.map(({ members }) => members))
  return sum >= 2 * countDistinct(all, (attempt) => table.target(attempt))
}

/** The same ports of several hosts are a block; different ones, several vertical scans. */
function sharesPorts(table: AttemptTable, targets: readonly Hit[]): boolean {
  let sum = 0
  for (const { members } of targets) sum += members.length
  const all = concatAttempts(targets.map(({ members }) => members))
  return sum >= 2 * countDistinct(all, (attempt) => table.port(attempt))
}

function slowScan(
  table: AttemptTable,
  source: number,
  attempts: Int32Array,
  sourceCount: number,
  fanOut: FanOut,
  limits: RuleLimits,
): ScanDraft | null {
  const { ports, hosts, netFailures } = limits['slow-scan']
  const hits: Hit[] = []
  const probes = filterAttempts(
    attempts,
    (a) => table.kind(a) !== ProbeKind.udp || table.isFailed(a) || table.isServed(a),
  )
  const byTarget = (a: number): number => (table.kind(a) << 24) | table.target(a)
  forEachUnusedGroup(table, probes, byTarget, ports, (members, key) => {
    if (table.kind(members[0]!) === ProbeKind.udp && isReplyStream(table, members)) return
    const firing = countFiring(table, timedGroup(table, members), ports, netFailures, 'ports', fanOut)
    if (firing !== null && table.kind(members[0]!) === ProbeKind.udp && isHolePunching(table, members)) return
    if (firing !== null) hits.push({ key, members: members.slice(), firing })
  })
  const byPort = (a: number): number => (table.kind(a) << 16) | table.port(a)
  forEachUnusedGroup(table, probes, byPort, hosts, (members, key) => {
    const firing = countFiring(table, timedGroup(table, members), hosts, netFailures, 'hosts', fanOut)
    if (firing !== null) hits.push({ key, members: members.slice(), firing })
  })
  if (hits.length > 0) return named(hitDraft(table, source, 'slow-scan', hits), table, limits)
  const firing = walkFiring(table, timedGroup(table, probes), sourceCount, fanOut, limits['slow-scan'])
  if (firing === null) return null
  const evidence = filterAttempts(probes, (attempt) => !isUse(table, attempt))
  return named(hitDraft(table, source, 'slow-scan', [{ key: 0, members: evidence, firing }]), table, limits)
}

/** Slow is what outlasts the windows of the other rules. Shorter scans that only these tests see have the shape's name. */
function named(draft: ScanDraft, table: AttemptTable, limits: RuleLimits): ScanDraft {
  const { attempts } = draft
  const seconds = table.time(attempts[attempts.length - 1]!) - table.time(attempts[0]!)
  const hosts = countDistinct(attempts, (attempt) => table.target(attempt))
  const ports = countDistinct(attempts, (attempt) => (table.kind(attempt) << 16) | table.port(attempt))
  const rule = hosts === 1 ? 'vertical-scan' : ports === 1 ? 'horizontal-scan' : 'block-scan'
  return seconds <= limits[rule].windowSeconds ? { ...draft, rule } : draft
}

function withoutFtpData(table: AttemptTable, attempts: Int32Array): Int32Array {
  if (table.evidence.applications.ftpData.rows.count === 0) return attempts
  return filterAttempts(attempts, (attempt) => !isFtpData(table, attempt))
}

/** The target's FTP control connection has named the port: whoever tries it was told to. */
function isFtpData(table: AttemptTable, attempt: number): boolean {
  const target = table.target(attempt)
  const version = table.hosts.isIpv6[target] === 1 ? 6 : 4
  const { ftpData } = table.evidence.applications
  return (
    table.kind(attempt) === ProbeKind.tcpSyn &&
    ftpData.isAnnounced(version, table.hosts.addressOf[target]!, table.port(attempt))
  )
}

/** One draft of all hits: their attempts once each, without what was used outside the scan's time. */
function hitDraft(
  table: AttemptTable,
  source: number,
  rule: ScanDraft['rule'],
  hits: readonly Hit[],
): ScanDraft {
  let first = hits[0]!.firing
  for (const { firing } of hits) if (table.frame(firing.attempt) < table.frame(first.attempt)) first = firing
  const distinct = unionAttempts(hits.map(({ members }) => members))
  let from = Infinity
  let to = -Infinity
  for (const attempt of distinct) {
    if (isHostUse(table, attempt)) continue
    from = Math.min(from, table.time(attempt))
    to = Math.max(to, table.time(attempt))
  }
  const isNear = (attempt: number): boolean =>
    !isHostUse(table, attempt) ||
    (table.time(attempt) >= from - AROUND_SECONDS &&
      table.time(attempt) <= to + AROUND_SECONDS &&
      // What its clients had used again and again when the scan began, the scan did not find.
      (table.time(attempt) >= from || table.recordCount(attempt) <= SCANNER_RECORDS_MAX))
  return {
    rule,
    sources: [source],
    attempts: inTimeOrder(table, filterAttempts(distinct, isNear)),
    fired: first.attempt,
    because: becauseOf(
      first,
      hits.map(({ firing }) => firing),
    ),
    measures: { firedBy: first.measure, measured: first.measured, threshold: first.threshold },
    certainty: 1,
  }
}

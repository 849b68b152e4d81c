/** One target's ports divided among sources of one make, each with too few to be flagged alone. */

import { Row } from '../../aggregate/conversation-row.ts'
import {
  countDistinctBelow,
  filterAttempts,
  forEachGroup,
  hostsWith,
  inTimeOrder,
  type HostIndex,
} from '../attempt-groups.ts'
import { Attempt } from '../attempt-row.ts'
import type { AttemptTable } from '../attempt-table.ts'
import { hasPort } from '../probe-kind.ts'
import { AttemptBits } from '../record-probe.ts'
import type { RuleLimits } from '../rules.ts'
import { firstWindow } from '../sliding-window.ts'
import { unionAttempts } from '../typed-concat.ts'
import type { ScanDraft } from './scan-draft.ts'
import { timedGroup } from './timed-group.ts'

const PORT_COUNT = 65_536

/** `isFlagged[host]` is 1 for sources that another scan rule has named already. */
export function distributedScans(
  table: AttemptTable,
  byTarget: HostIndex,
  isFlagged: Uint8Array,
  limits: RuleLimits['distributed-scan'],
): ScanDraft[] {
  const drafts: ScanDraft[] = []
  const isPart = (attempt: number): boolean => {
    if (isFlagged[table.source(attempt)] === 1 || !hasPort(table.kind(attempt))) return false
    return table.isFailed(attempt) && (table.bits(attempt) & AttemptBits.inferred) === 0
  }
  for (const target of hostsWith(table, byTarget, Attempt.target, limits.ports, isPart)) {
    const attempts = filterAttempts(byTarget.of(target), isPart)
    forEachGroup(
      attempts,
      (attempt) => make(table, attempt),
      limits.ports,
      (members) => {
        const draft = dividedScan(table, members, limits)
        if (draft !== null) drafts.push(draft)
      },
    )
  }
  return drafts
}

/**
 * Vertical or slow scans of one target by sources of one make that share hardly a port are parts of one: joined, where there
 * are enough of them. All other drafts come back as they were.
 */
export function joinPartners(
  table: AttemptTable,
  drafts: readonly ScanDraft[],
  limits: RuleLimits['distributed-scan'],
): ScanDraft[] {
  const isJoined = new Uint8Array(drafts.length)
  const found: ScanDraft[] = []
  for (const group of partnersOf(table, drafts)) {
    if (group.length < limits.sources) continue
    const whole = dividedScan(table, unionAttempts(group.map(({ draft }) => draft.attempts)), limits)
    if (whole === null) continue
    for (const { place } of group) isJoined[place] = 1
    found.push(whole)
  }
  return [...drafts.filter((_, place) => isJoined[place] === 0), ...found]
}

interface Part {
  /** Place of the draft among all. */
  readonly place: number
  readonly draft: ScanDraft
  readonly target: number
  readonly make: number
}

/** The drafts that can be parts, by target and make. */
function partnersOf(table: AttemptTable, drafts: readonly ScanDraft[]): Part[][] {
  const parts = drafts.flatMap((draft, place) => partOf(table, draft, place) ?? [])
  parts.sort((x, y) => x.target - y.target || x.make - y.make)
  const groups: Part[][] = []
  parts.forEach((part, i) => {
    const before = parts[i - 1]
    if (before?.target === part.target && before.make === part.make) groups.at(-1)!.push(part)
    else groups.push([part])
  })
  return groups
}

function partOf(table: AttemptTable, draft: ScanDraft, place: number): Part | null {
  const { rule, attempts } = draft
  if (rule !== 'vertical-scan' && rule !== 'slow-scan') return null
  const target = table.target(attempts[0]!)
  if (attempts.some((attempt) => table.target(attempt) !== target)) return null
  return { place, draft, target, make: make(table, attempts[0]!) }
}

/** One make: kind of probe, window and options of the first packet, folded to 30 bits. */
function make(table: AttemptTable, attempt: number): number {
  const window = table.firstWord(attempt, Row.firstWindowAndIpId) >>> 16
  const options = table.firstWord(attempt, Row.firstTcpOptions)
  const mixed = Math.imul(options, 0x9e3779b1) ^ Math.imul(window + 1, 0x85ebca6b) ^ table.kind(attempt)
  return (mixed ^ (mixed >>> 15)) & 0x3fffffff
}

function dividedScan(
  table: AttemptTable,
  attempts: Int32Array,
  limits: RuleLimits['distributed-scan'],
): ScanDraft | null {
  // Of floods of millions one port is most that there is.
  const ports = countDistinctBelow(PORT_COUNT, attempts, (attempt) => table.port(attempt))
  if (ports < limits.ports) return null
  const sources = countDistinctBelow(table.hosts.count, attempts, (attempt) => table.source(attempt))
  // A scanner of one port is anybody; partners take several each.
  if (sources < limits.sources || attempts.length < 2 * sources) return null
  const overlap = (attempts.length - ports) / ports
  if (overlap > limits.overlapMax) return null
  const { members, times } = timedGroup(table, attempts)
  const found = firstWindow(
    times,
    limits.windowSeconds,
    limits.ports,
    0,
    () => true,
    () => false,
  )
  if (found === null) return null
  return {
    rule: 'distributed-scan',
    sources: inOrderOfUse(members.map((attempt) => table.source(attempt))),
    attempts: inTimeOrder(table, members),
    fired: members[found.at]!,
    because: `${sources} sources of one make divided ${ports} ports among them`,
    measures: {
      firedBy: 'ports',
      measured: ports,
      threshold: limits.ports,
      sources,
      overlap: Math.round(overlap * 1000) / 1000,
    },
    certainty: 0.8,
  }
}

/** Each source once, in the order in which they first stand in `sources`. */
function inOrderOfUse(sources: Int32Array): number[] {
  const firstPlaces: number[] = []
  const places = Int32Array.from(sources.keys())
  forEachGroup(
    places,
    (place) => sources[place]!,
    1,
    (group) => firstPlaces.push(group[0]!),
  )
  return firstPlaces.sort((x, y) => x - y).map((place) => sources[place]!)
}

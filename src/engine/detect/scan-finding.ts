/** A scan draft as a finding: in words, with measures, filters, severity, confidence and everything that proves it. */

import { Row } from '../aggregate/conversation-row.ts'
import { timestampText, unpackNanoseconds, unpackSeconds } from '../net/packed-time.ts'
import { countPairs, timesOf } from './attempt-groups.ts'
import { SILENCE_SECONDS, type AttemptTable } from './attempt-table.ts'
import { bpfFilter } from './filters/bpf-filter.ts'
import { portsText } from './filters/number-ranges.ts'
import { distinctOf, probeSets } from './filters/probe-set.ts'
import { wiresharkFilter } from './filters/wireshark-filter.ts'
import type { Finding, Outcomes } from './finding.ts'
import { hasPort, ProbeKind } from './probe-kind.ts'
import { AttemptBits, Outcome } from './record-probe.ts'
import { RULES, type RuleId } from './rules.ts'
import { countOutcomes, scanEvidence } from './scan-evidence.ts'
import type { ScanDraft } from './scan/scan-draft.ts'
import { techniqueOf } from './scan/technique.ts'
import { logSeverity } from './severity.ts'
import { toolHint } from './tool-hint.ts'

/** Addresses a finding lists by name; all are counted. */
export const ADDRESSES_MAX = 256

/** How well each outcome proves a probe: a refusal is a fact, silence may be a lost packet. */
const OUTCOME_CERTAINTY: Readonly<Record<keyof Outcomes, number>> = {
  open: 0.9,
  refused: 1,
  filtered: 0.95,
  silent: 0.85,
  unknown: 0.6,
}

/**
 * `all`: attempts of the draft's source, null where it has several. `captureFactor`: how sure the capture lets anything be.
 * `probesMax`: probes to list.
 */
export function scanFinding(
  table: AttemptTable,
  draft: ScanDraft,
  all: Int32Array | null,
  captureFactor: number,
  probesMax: number,
): Omit<Finding, 'id' | 'authorised'> {
  const { attempts, rule } = draft
  const hosts = table.hosts
  const targets = distinctOf(attempts.map((attempt) => table.target(attempt)))
  const ported = attempts.filter((a) => hasPort(table.kind(a)) || table.kind(a) === ProbeKind.ipProtocol)
  const ports = distinctOf(ported.map((attempt) => table.port(attempt)))
  const outcomes = countOutcomes(table, attempts)
  const technique = techniqueOf(table, attempts)
  const actors = draft.sources.slice(0, ADDRESSES_MAX).map((host) => hosts.text(host))
  const listed = targets.subarray(0, ADDRESSES_MAX)
  const sets = probeSets(table, attempts, all)
  const times = timeSpan(table, attempts)
  const evidence = scanEvidence(table, attempts, listed, toolHint(table, attempts, technique), probesMax)
  const pairCount = rule === 'host-sweep' ? targets.length : attempts.length
  const inferredShare = shareOf(table, attempts, AttemptBits.inferred)
  return {
    rule,
    ruleVersion: RULES[rule].version,
    technique,
    severity: logSeverity(pairCount, evidence.next.length > 0 ? 1 : 0),
    confidence: confidenceOf(draft, outcomes, captureFactor, inferredShare),
    title: titleOf(
      rule,
      actors,
      Array.from(listed, (host) => hosts.text(host)),
      targets.length,
      ports,
      draft.sources.length,
    ),
    explanation: explain(
      draft,
      actors,
      targets.length === 1 ? hosts.text(targets[0]!) : `${targets.length} hosts`,
      ports,
      outcomes,
      unknownText(table, attempts),
      technique,
      times.seconds,
    ),
    actors,
    targets: {
      addressCount: targets.length,
      addresses: Array.from(listed, (host) => hosts.text(host)),
      portCount: ports.length,
      ports: portsText(ports),
    },
    firstTimestamp: times.first,
    lastTimestamp: times.last,
    firstFrame: firstFrameOf(table, attempts),
    firedFrame: table.frame(draft.fired),
    outcomes,
    measures: {
      ...draft.measures,
      attempts: attempts.length,
      durationSeconds: times.seconds,
      ...ratios(table, attempts, targets.length, ports.length),
      answeredShare: rounded(1 - (outcomes.silent + outcomes.unknown) / attempts.length),
      inferredShare: rounded(inferredShare),
      captureFactor: rounded(captureFactor),
    },
    attack: RULES[rule].attack,
    filters: { wireshark: wiresharkFilter(hosts, sets), bpf: bpfFilter(hosts, sets) },
    evidence,
  }
}

function confidenceOf(
  draft: ScanDraft,
  outcomes: Outcomes,
  captureFactor: number,
  inferredShare: number,
): number {
  let sum = 0
  let count = 0
  for (const name of Object.keys(OUTCOME_CERTAINTY) as (keyof Outcomes)[]) {
    sum += OUTCOME_CERTAINTY[name] * outcomes[name]
    count += outcomes[name]
  }
  // Twice the evidence, half the doubt that is left: ten attempts leave 0.05, a hundred 0.005.
  const size = 1 - 0.5 / Math.max(1, count)
  return rounded(
    Math.min(0.99, (sum / count) * size * captureFactor * draft.certainty * (1 - 0.3 * inferredShare)),
  )
}

/** Snort's three ratios for people, beside the entropy and SYN-only share that public benchmarks use. */
function ratios(table: AttemptTable, attempts: Int32Array, hostCount: number, portCount: number) {
  const ports = attempts.map((attempt) => table.port(attempt)).sort()
  let entropy = 0
  for (let from = 0, i = 1; i <= ports.length; i++) {
    if (i < ports.length && ports[i] === ports[from]) continue
    const share = (i - from) / ports.length
    entropy -= share * Math.log2(share)
    from = i
  }
  const unfinished = attempts.filter(
    (a) => table.outcome(a) !== Outcome.open || (table.bits(a) & AttemptBits.completed) === 0,
  )
  return {
    connectionsPerHost: rounded(attempts.length / hostCount),
    portsPerHost: rounded(countPairs(table, attempts) / hostCount),
    connectionsPerPort: rounded(attempts.length / Math.max(1, portCount)),
    portEntropyBits: rounded(entropy),
    unfinishedShare: rounded(unfinished.length / attempts.length),
  }
}

const SCAN_WORDS: Readonly<Partial<Record<RuleId, string>>> = {
  'vertical-scan': 'scanned the ports of',
  'horizontal-scan': 'scanned one port across',
  'block-scan': 'scanned many ports across',
  'slow-scan': 'slowly scanned',
  'distributed-scan': 'together scanned the ports of',
  'decoy-scan': 'scanned, one real and the others as decoys,',
  'idle-scan': 'scanned, in the name of another host,',
  'host-sweep': 'searched for hosts among',
  'ip-protocol-scan': 'scanned the IP protocols of',
}

function titleOf(
  rule: RuleId,
  actors: readonly string[],
  targets: readonly string[],
  targetCount: number,
  ports: Int32Array,
  actorCount: number,
): string {
  const who = actorCount === 1 ? actors[0]! : `${actorCount} hosts`
  const whom = targetCount === 1 ? targets[0]! : `${targetCount} hosts`
  const where =
    ports.length === 1
      ? ` (port ${ports[0]!})`
      : ports.length > 1 && rule !== 'ip-protocol-scan'
        ? ` (${ports.length} ports)`
        : ''
  return `${who} ${SCAN_WORDS[rule]!} ${whom}${where}`
}

function explain(
  draft: ScanDraft,
  actors: readonly string[],
  whom: string,
  ports: Int32Array,
  outcomes: Outcomes,
  unknown: string,
  technique: string,
  seconds: number,
): string {
  const who = draft.sources.length === 1 ? actors[0]! : `${draft.sources.length} sources`
  const numbered = draft.rule === 'ip-protocol-scan' ? 'IP protocol' : 'port'
  const what =
    ports.length === 0
      ? whom
      : ports.length === 1
        ? `${numbered} ${ports[0]!} of ${whom}`
        : `${ports.length} ${numbered}s of ${whom}`
  const mix = (Object.keys(OUTCOME_CERTAINTY) as (keyof Outcomes)[])
    .filter((name) => outcomes[name] > 0)
    .map(
      (name) =>
        `${outcomes[name]} ${name === 'silent' ? 'gave no answer' : name === 'unknown' ? unknown : name}`,
    )
    .join(', ')
  return `${who} tried ${what} in ${duration(seconds)} by ${technique} (${mix}); flagged because ${draft.because}.`
}

/** Why outcomes are unknown: the capture ends before silence can be told, or shows no answers to these hosts at all. */
function unknownText(table: AttemptTable, attempts: Int32Array): string {
  if (table.isSampled) return 'unknown, as the capture has only some of the packets'
  const unknown = attempts.filter((attempt) => table.outcome(attempt) === Outcome.unknown)
  const early = unknown.filter((attempt) => table.durationSeconds - table.time(attempt) < SILENCE_SECONDS)
  const end = `the capture ends within ${SILENCE_SECONDS} s of them`
  const path = 'the capture shows no answers on that path'
  if (early.length === unknown.length) return `unknown, as ${end}`
  return `unknown, as ${early.length === 0 ? path : `${end} or ${path}`}`
}

function duration(seconds: number): string {
  if (seconds < 1) return 'less than a second'
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}

function shareOf(table: AttemptTable, attempts: Int32Array, bit: number): number {
  let count = 0
  for (const attempt of attempts) if ((table.bits(attempt) & bit) !== 0) count++
  return count / attempts.length
}

function firstFrameOf(table: AttemptTable, attempts: Int32Array): number {
  let first = Infinity
  for (const attempt of attempts) first = Math.min(first, table.frame(attempt))
  return first
}

/** First and last time of the attempts' records, exact, and the seconds between. */
export function timeSpan(table: AttemptTable, attempts: Int32Array) {
  const times = timesOf(table, attempts)
  let first = 0
  let last = 0
  for (let i = 1; i < times.length; i++) {
    if (times[i]! < times[first]!) first = i
    if (times[i]! > times[last]!) last = i
  }
  return {
    first: rowTime(table, table.firstRow(attempts[first]!)),
    last: rowTime(table, table.firstRow(attempts[last]!)),
    seconds: Math.round((times[last]! - times[first]!) * 1e6) / 1e6,
  }
}

export function rowTime(table: AttemptTable, row: number): string | null {
  if (table.evidence.firstTime === null) return null
  const words = table.evidence.conversations.slab(row)
  const at = table.evidence.conversations.at(row)
  const high = words[at + Row.firstTimeHigh]!
  return timestampText(unpackSeconds(high, words[at + Row.firstTimeLow]!), unpackNanoseconds(high))
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

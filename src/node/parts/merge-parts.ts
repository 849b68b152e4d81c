/** Parts of several captures, made anywhere, to the summary of all of them. */

import {
  DEFAULT_RULE_SETTINGS,
  detect,
  droppedPacketCount,
  gatherEvidence,
  summarize,
  type Aggregates,
  type CaptureSummary,
  type HashSecret,
  type RuleSettings,
} from '../../engine/index.ts'
import type { CaptureProblem } from '../capture/capture-set.ts'
import { captureFactsOf, compareMoments, mergedFacts, type PartFacts } from './part-facts.ts'
import { readPart, readPartFacts, type StoredPart } from './part-file.ts'
import { newHashSecret } from '../run-analysis.ts'
import { TOOL_VERSION } from '../tool-version.ts'

export interface MergeOptions {
  /** Rows of endpoints, conversations, findings and interfaces; null lists all. */
  readonly rowLimit: number | null
  /** Findings listed, where it is not `rowLimit`. */
  readonly findingLimit?: number | null
  readonly rules?: RuleSettings
  readonly hashSecret?: HashSecret
}

export type MergeOutcome =
  | {
      readonly ok: true
      readonly summary: CaptureSummary
      /** What a part of all the parts holds. */
      readonly merged: StoredPart
      /** Sentences on what one analysis of the captures together would tell otherwise. */
      readonly remarks: readonly string[]
    }
  | { readonly ok: false; readonly problem: CaptureProblem }

interface NamedPart {
  readonly path: string
  readonly place: number
  readonly facts: PartFacts
}

/**
 * One part after the other in the order of their captures' times: what one pass over all would have counted, for captures
 * that follow each other. The memory needed is that of the result and of one part.
 */
export function mergeParts(paths: readonly string[], options: MergeOptions): MergeOutcome {
  const named: NamedPart[] = []
  for (const [place, path] of paths.entries()) {
    const read = readPartFacts(path)
    if ('problem' in read) return { ok: false, problem: read.problem }
    named.push({ path, place, facts: read.facts })
  }
  const twice = captureGivenTwice(named)
  if (twice !== null) return { ok: false, problem: twice }
  const inTime = [...named].sort((x, y) => compareStarts(x.facts, y.facts) || x.place - y.place)

  const secret = options.hashSecret ?? newHashSecret()
  const remarks: string[] = []
  let counted: Aggregates | null = null
  let before: NamedPart | null = null
  for (const next of inTime) {
    const read = readPart(next.path, secret)
    if ('problem' in read) return { ok: false, problem: read.problem }
    const isAfter = before === null || follows(before, next)
    if (!isAfter && before !== null) remarks.push(overlapRemark(before.path, next.path))
    if (counted === null) counted = read.counted
    else counted.merge(read.counted, isAfter)
    before = before === null || endsLater(next.facts, before.facts) ? next : before
  }
  if (counted === null) {
    return { ok: false, problem: { kind: 'no-parts', path: '', message: 'No part was named.' } }
  }
  const undecidedCount = counted.conversations.undecidedCount
  if (undecidedCount > 0) remarks.push(undecidedRemark(undecidedCount))
  const facts = mergedFacts(
    named.map((part) => part.facts),
    inTime.map((part) => part.facts),
  )
  return { ok: true, summary: summaryOf(counted, facts, options), merged: { facts, counted }, remarks }
}

function summaryOf(counted: Aggregates, facts: PartFacts, options: MergeOptions): CaptureSummary {
  const captureFacts = captureFactsOf(facts)
  const evidence = gatherEvidence(counted, droppedPacketCount(captureFacts.interfaces))
  const detection = detect(evidence, options.rules ?? DEFAULT_RULE_SETTINGS)
  return summarize(counted, detection, captureFacts, {
    toolVersion: TOOL_VERSION,
    rowLimit: options.rowLimit,
    ...(options.findingLimit === undefined ? {} : { findingLimit: options.findingLimit }),
  })
}

/** The same bytes twice would count every packet twice. */
function captureGivenTwice(parts: readonly NamedPart[]): CaptureProblem | null {
  const partOf = new Map<string, NamedPart>()
  for (const part of parts) {
    for (const { file } of part.facts.captures) {
      const first = partOf.get(file.sha256)
      partOf.set(file.sha256, part)
      // Sixty-four zeros stand for a hash that is not known.
      if (first === undefined || first === part || /^0*$/.test(file.sha256)) continue
      const message = `${first.path} and ${part.path} are both of the capture ${file.name} (SHA-256 ${file.sha256}), whose packets would count twice. Name one of them.`
      return { kind: 'capture-given-twice', path: part.path, message }
    }
  }
  return null
}

/** A part that begins with frames without a time comes first, as it does when captures are read together. */
function compareStarts(x: PartFacts, y: PartFacts): number {
  if (x.first === null || y.first === null) return Number(x.first !== null) - Number(y.first !== null)
  return compareMoments(x.first, y.first)
}

/** Whether reading the captures together would give all frames of `next` after all of those before it. */
function follows(before: NamedPart, next: NamedPart): boolean {
  if (next.facts.packetCount === 0 || before.facts.packetCount === 0) return true
  const { latest } = before.facts
  const { first, earliest } = next.facts
  if (first === null || earliest === null) return false
  if (latest === null) return true
  const apart = compareMoments(latest, earliest)
  return apart < 0 || (apart === 0 && before.place < next.place)
}

function endsLater(x: PartFacts, y: PartFacts): boolean {
  if (x.latest === null || y.latest === null) return y.latest === null
  return compareMoments(x.latest, y.latest) >= 0
}

function overlapRemark(before: string, next: string): string {
  return `${before} and ${next} overlap in time. They are counted one after the other: sums are those of an analysis together, frame numbers and what depends on the order of packets are not.`
}

function undecidedRemark(conversationCount: number): string {
  return `${String(conversationCount)} conversations that go on from one part to another are without an application; an analysis of the captures together might have named them.`
}

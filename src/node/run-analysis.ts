/** One or more capture files in, one summary out: opens, feeds, hashes, and tells how far it is. */

import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  Analysis,
  summarize,
  withCountersNow,
  type AggregateLimits,
  type CaptureFacts,
  type CaptureSummary,
  type Detection,
  type EndedCapture,
  type HashSecret,
  type RuleSettings,
} from '../engine/index.ts'
import { detectFindings } from './detect-findings.ts'
import { openCaptureSet, type CaptureProblem, type CaptureSet } from './capture/capture-set.ts'
import type { StandardInput } from './capture/standard-input.ts'
import { ParallelCounting, type ParallelTuning } from './parallel/counting.ts'
import { threadCountFor, type ThreadChoice } from './parallel/thread-count.ts'
import { PartialSchedule } from './partial-schedule.ts'
import { TOOL_VERSION } from './tool-version.ts'

/** How long the loop may hold the thread before it lets messages in: a cancel waits no longer than this. */
const TURN_MS = 25

export interface AnalysisProgress {
  /** `finishing` judges and summarises what was read. */
  readonly phase: 'reading' | 'finishing'
  /** Of the files on disk, compressed or not. */
  readonly bytesRead: number
  /** Infinity as long as nobody knows it: of standard input. */
  readonly bytesTotal: number
  readonly packetCount: number
  readonly elapsedSeconds: number
}

export interface RunOptions {
  /** Rows of endpoints, conversations, findings and interfaces; null lists all. */
  readonly rowLimit: number | null
  /** Findings listed, where it is not `rowLimit`. */
  readonly findingLimit?: number | null
  readonly rules?: RuleSettings
  readonly onProgress?: (progress: AnalysisProgress) => void
  /** Summaries of what has been read so far, as often as `PartialSchedule` allows. */
  readonly onPartial?: (summary: CaptureSummary) => void
  readonly signal?: { readonly aborted: boolean }
  /** What the path `-` stands for; left out, it is the name of a file as any other. */
  readonly standardInput?: StandardInput
  /** Threads that count; 1 when left out. Results do not depend on it. */
  readonly threads?: ThreadChoice
  /** Only tests choose these: the length from which a capture is worth several threads, and how they work. */
  readonly parallel?: ParallelTuning & { readonly fromBytes: number }
  /** Only tests lower them. */
  readonly limits?: AggregateLimits
  /** Only tests choose it, to show that results do not depend on it. */
  readonly hashSecret?: HashSecret
}

/** Failures are values: `problem` names the file, the reason and what to do. */
export type AnalysisOutcome =
  | {
      readonly ok: true
      readonly summary: CaptureSummary
      readonly analysis: Analysis
      /** How each capture ended, in the order in which they were named. */
      readonly endings: readonly EndedCapture[]
    }
  | { readonly ok: false; readonly problem: CaptureProblem }

/**
 * Analyse the captures as one, merged in order of time. A damaged or cancelled capture gives what was readable, with
 * `capture.ending` saying so. Resolves to a problem only when nothing could be read.
 */
export async function runAnalysis(paths: readonly string[], options: RunOptions): Promise<AnalysisOutcome> {
  const opened = await openCaptureSet(paths, options.standardInput)
  if (!('reader' in opened)) return { ok: false, problem: opened.problem }
  try {
    return await run(opened, options)
  } finally {
    opened.close()
  }
}

async function run(captures: CaptureSet, options: RunOptions): Promise<AnalysisOutcome> {
  const hashSecret = options.hashSecret ?? newHashSecret()
  const { limits = {} } = options
  const analysis = new Analysis(captures.reader, { hashSecret, limits })
  const counting = countingOf(captures, analysis, hashSecret, options)
  try {
    return await countAndSummarize(captures, analysis, counting, options)
  } finally {
    counting?.close()
  }
}

/** In threads, where there are several and the capture is worth starting them; null counts in this one. */
function countingOf(
  captures: CaptureSet,
  analysis: Analysis,
  hashSecret: HashSecret,
  { threads = 1, parallel, limits = {} }: RunOptions,
): ParallelCounting | null {
  const { plainFile } = captures
  if (plainFile === null) return null
  const { descriptor, byteCount } = plainFile
  const threadCount = threadCountFor(threads, byteCount, availableParallelism(), parallel?.fromBytes)
  if (threadCount < 2) return null
  return new ParallelCounting(analysis, {
    descriptor,
    threadCount,
    hashSecret,
    limits,
    ...parallel,
  })
}

async function countAndSummarize(
  captures: CaptureSet,
  analysis: Analysis,
  counting: ParallelCounting | null,
  options: RunOptions,
): Promise<AnalysisOutcome> {
  const startMs = performance.now()
  const partials = partialsOf(analysis, captures, startMs, options)
  let turnMs = startMs

  for (;;) {
    const fed = captures.feed()
    // Plain files are read at once; what is being unpacked comes when it comes.
    const isMore = typeof fed === 'boolean' ? fed : await fed
    if (counting === null) analysis.drain()
    else counting.drain()
    if (!isMore || analysis.reader.ending !== null) break
    const nowMs = performance.now()
    const mustWait = counting?.isAhead === true
    if (nowMs - turnMs < TURN_MS && !mustWait) continue
    options.onProgress?.(progressOf(captures, analysis, 'reading', nowMs - startMs))
    partials?.()
    await (mustWait ? counting.step() : nextTurn())
    if (options.signal?.aborted === true) captures.cancel()
    turnMs = performance.now()
  }
  await counting?.finish(() => partials?.())
  const problem = captures.problem
  if (problem !== null) return { ok: false, problem }
  const tellProgress = (): void => {
    options.onProgress?.(progressOf(captures, analysis, 'finishing', performance.now() - startMs))
  }
  const tellFinishing = async (): Promise<void> => {
    tellProgress()
    // What was told shall leave before the next long step.
    await nextTurn()
  }
  await tellFinishing()
  const detection = detectFindings(analysis, options.rules)
  await tellFinishing()
  // Hashing has a thread of its own, which may still be at it; the rest of a damaged file may be long.
  await captures.finishHashes(() => {
    tellProgress()
    return options.signal?.aborted !== true
  })
  const files = captures.identities
  await tellFinishing()
  const summary = summaryOf(analysis, detection, files, options)
  return { ok: true, summary, analysis, endings: captures.endings }
}

/** Call between two steps of the reading; it makes a partial summary when one is due. Null when nobody wants any. */
function partialsOf(
  analysis: Analysis,
  captures: CaptureSet,
  startMs: number,
  options: RunOptions,
): (() => void) | null {
  const { onPartial } = options
  if (onPartial === undefined) return null
  const schedule = new PartialSchedule()
  let latest: CaptureSummary | null = null
  return () => {
    const beganMs = performance.now() - startMs
    const { table } = analysis.aggregates.conversations
    const kind = schedule.kindAt(beganMs, table.count)
    if (kind === null) return
    const files = captures.identities
    latest =
      kind === 'all' || latest === null
        ? summaryOf(analysis, detectFindings(analysis, options.rules), files, options)
        : withCountersNow(latest, analysis.aggregates, factsOf(analysis, files), options.rowLimit)
    onPartial(latest)
    schedule.made(kind, beganMs, performance.now() - startMs, table.count)
  }
}

function progressOf(
  captures: CaptureSet,
  analysis: Analysis,
  phase: AnalysisProgress['phase'],
  elapsedMs: number,
): AnalysisProgress {
  return {
    phase,
    ...captures.progress,
    packetCount: analysis.aggregates.totals.packetCount,
    elapsedSeconds: elapsedMs / 1000,
  }
}

function summaryOf(
  analysis: Analysis,
  detection: Detection,
  files: CaptureSummary['capture']['files'],
  options: RunOptions,
): CaptureSummary {
  return summarize(analysis.aggregates, detection, factsOf(analysis, files), {
    toolVersion: TOOL_VERSION,
    rowLimit: options.rowLimit,
    ...(options.findingLimit === undefined ? {} : { findingLimit: options.findingLimit }),
  })
}

function factsOf({ reader }: Analysis, files: CaptureSummary['capture']['files']): CaptureFacts {
  const ending = reader.ending ?? {
    kind: 'cancelled' as const,
    byteOffset: reader.byteOffset,
    detail: 'The capture is still being read.',
  }
  return { files, interfaces: reader.interfaces, ending, notes: reader.notes }
}

/** A secret of this run, so that nobody can choose packets that share a chain in our tables. */
export function newHashSecret(): HashSecret {
  const bytes = randomBytes(16)
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]
}

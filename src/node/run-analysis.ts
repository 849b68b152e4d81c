/** One or more capture files in, one summary out: opens, feeds, hashes, and tells how far it is. */

import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  Analysis,
  summarize,
  type CaptureSummary,
  type HashSecret,
  type RuleSettings,
} from '../engine/index.ts'
import { detectFindings } from './detect-findings.ts'
import { openCaptureSet, type CaptureProblem, type CaptureSet } from './capture-set.ts'
import { TOOL_VERSION } from './tool-version.ts'

/** How long the loop may hold the thread before it lets messages in: a cancel waits no longer than this. */
const TURN_MS = 25
const FIRST_PARTIAL_MS = 400
const PARTIAL_EVERY_MS = 1000
/** Partial summaries may take this share of the time; a summary of millions of rows comes less often. */
const PARTIAL_TIME_SHARE = 0.03

export interface AnalysisProgress {
  /** Of the files on disk, compressed or not. */
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly packetCount: number
  readonly elapsedSeconds: number
}

export interface RunOptions {
  /** Rows of endpoints, conversations and findings; null lists all. */
  readonly rowLimit: number | null
  readonly rules?: RuleSettings
  readonly onProgress?: (progress: AnalysisProgress) => void
  /** Summaries of what has been read so far: the first within half a second, then about one a second. */
  readonly onPartial?: (summary: CaptureSummary) => void
  readonly signal?: { readonly aborted: boolean }
  /** Only tests choose it, to show that results do not depend on it. */
  readonly hashSecret?: HashSecret
}

/** Failures are values: `problem` names the file, the reason and what to do. */
export type AnalysisOutcome =
  | { readonly ok: true; readonly summary: CaptureSummary; readonly analysis: Analysis }
  | { readonly ok: false; readonly problem: CaptureProblem }

/**
 * Analyse the captures as one, merged in order of time. A damaged or cancelled capture gives what was readable, with
 * `capture.ending` saying so. Resolves to a problem only when nothing could be read.
 */
export async function runAnalysis(paths: readonly string[], options: RunOptions): Promise<AnalysisOutcome> {
  const opened = openCaptureSet(paths)
  if (!('reader' in opened)) return { ok: false, problem: opened.problem }
  try {
    return await run(opened, options)
  } finally {
    opened.close()
  }
}

async function run(captures: CaptureSet, options: RunOptions): Promise<AnalysisOutcome> {
  const analysis = new Analysis(captures.reader, { hashSecret: options.hashSecret ?? newHashSecret() })
  const summaryNow = (isFinal: boolean): CaptureSummary =>
    summarizeNow(analysis, captures.identities(isFinal), options)
  const startMs = performance.now()
  let turnMs = startMs
  let nextPartialMs = startMs + FIRST_PARTIAL_MS

  for (;;) {
    const fed = captures.feed()
    // Plain files are read at once; what is being unpacked comes when it comes.
    const isMore = typeof fed === 'boolean' ? fed : await fed
    analysis.drain()
    if (!isMore || analysis.reader.ending !== null) break
    const nowMs = performance.now()
    if (nowMs - turnMs < TURN_MS) continue
    options.onProgress?.(progressOf(captures, analysis, nowMs - startMs))
    if (options.onPartial !== undefined && nowMs >= nextPartialMs) {
      options.onPartial(summaryNow(false))
      const costMs = performance.now() - nowMs
      nextPartialMs = nowMs + Math.max(PARTIAL_EVERY_MS, costMs / PARTIAL_TIME_SHARE)
    }
    await nextTurn()
    if (options.signal?.aborted === true) captures.cancel()
    turnMs = performance.now()
  }
  options.onProgress?.(progressOf(captures, analysis, performance.now() - startMs))
  const problem = captures.problem
  if (problem !== null) return { ok: false, problem }
  return { ok: true, summary: summaryNow(true), analysis }
}

function progressOf(captures: CaptureSet, analysis: Analysis, elapsedMs: number): AnalysisProgress {
  return {
    ...captures.progress,
    packetCount: analysis.aggregates.totals.packetCount,
    elapsedSeconds: elapsedMs / 1000,
  }
}

function summarizeNow(
  analysis: Analysis,
  files: CaptureSummary['capture']['files'],
  options: RunOptions,
): CaptureSummary {
  const { reader, aggregates } = analysis
  const ending = reader.ending ?? {
    kind: 'cancelled' as const,
    byteOffset: reader.byteOffset,
    detail: 'The capture is still being read.',
  }
  const detection = detectFindings(analysis, options.rules)
  return summarize(
    aggregates,
    detection,
    { files, interfaces: reader.interfaces, ending, notes: reader.notes },
    { toolVersion: TOOL_VERSION, rowLimit: options.rowLimit },
  )
}

/** A secret of this run, so that nobody can choose packets that share a chain in our tables. */
export function newHashSecret(): HashSecret {
  const bytes = randomBytes(16)
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]
}

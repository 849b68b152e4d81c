/** A saved report against its capture: run again under the same rules, and every difference named. */

import { readFileSync } from 'node:fs'
import { readRuleSettings, type CaptureSummary, type RuleSettings } from '../engine/index.ts'
import { readReport } from '../report/read-report.ts'
import { errorText } from './capture/capture-file.ts'
import { STANDARD_INPUT_NAME, type StandardInput } from './capture/standard-input.ts'
import { loadRuleSettings } from './rule-settings-file.ts'
import { runAnalysis, type RunOptions } from './run-analysis.ts'

export interface Difference {
  /** Such as `capture.packetCount` or `conversations[3].byteCount`. */
  readonly path: string
  readonly reported: string
  readonly now: string
}

export type Verification =
  | {
      readonly differences: readonly Difference[]
      /** The first file whose SHA-256 is not the report's, with both: then the other differences are no wonder. */
      readonly otherCapture: { readonly reported: string; readonly now: string } | null
    }
  | { readonly problem: string }

/**
 * Differences between the summary inside the report and a new analysis of the captures with the report's thresholds,
 * or with `rulesPath` when the report was made with an allow-list. Empty when identical. With `standardInput`, that is what the
 * capture `-` stands for.
 */
export async function verifyReport(
  reportPath: string,
  captures: readonly string[],
  rulesPath: string | null,
  standardInput?: StandardInput,
): Promise<Verification> {
  let page: string
  try {
    page = readFileSync(reportPath, 'utf8')
  } catch (error) {
    return { problem: `${reportPath} cannot be read (${errorText(error)}).` }
  }
  const reported = readReport(page)
  if (reported === null) {
    return {
      problem: `${reportPath} is not a report of this program: it holds no summary. Name a page saved with --html.`,
    }
  }
  const rules = rulesPath === null ? settingsOf(reported) : loadRuleSettings(rulesPath)
  if ('wrong' in rules) return { problem: rules.wrong }
  const outcome = await runAnalysis(captures, {
    ...limitsOf(reported),
    rules: rules.settings,
    ...(standardInput === undefined ? {} : { standardInput }),
  })
  if (!outcome.ok) return { problem: outcome.problem.message }
  // Through JSON, as the reported one came.
  const now = JSON.parse(JSON.stringify(outcome.summary)) as CaptureSummary
  takeNamesOfPiped(reported.capture.files, now.capture.files)
  const differences: Difference[] = []
  compare('', reported, now, differences)
  return { differences, otherCapture: otherCapture(reported, outcome.summary) }
}

type Files = CaptureSummary['capture']['files']

function otherCapture(reported: CaptureSummary, now: CaptureSummary) {
  const before = reported.capture.files.map(({ sha256 }) => sha256)
  const after = now.capture.files.map(({ sha256 }) => sha256)
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (before[i] !== after[i]) return { reported: before[i] ?? 'none', now: after[i] ?? 'none' }
  }
  return null
}

/** What was piped has no name; of two readings of the same bytes, one of them piped, the names tell nothing. */
function takeNamesOfPiped(reported: Files, now: Files): void {
  reported.forEach(({ name, sha256 }, i) => {
    const file = now[i]
    if (file === undefined || file.sha256 !== sha256) return
    if (name === STANDARD_INPUT_NAME || file.name === STANDARD_INPUT_NAME) Object.assign(file, { name })
  })
}

function settingsOf(reported: CaptureSummary): { settings: RuleSettings } | { wrong: string } {
  const thresholds = Object.fromEntries(reported.tool.rules.map((use) => [use.rule, use.thresholds]))
  const read = readRuleSettings({ thresholds })
  if (read.settings === null)
    return { wrong: `The report's rules are not this version's: ${read.faults.join(' ')}` }
  return { settings: read.settings }
}

/**
 * A list that is shorter than its count was cut at its limit; when none is, there was no need of one. Findings have a limit of
 * their own: a summary without limit holds all of them, and of other lists as many rows as fit in memory.
 */
export function limitsOf(reported: CaptureSummary): Pick<RunOptions, 'rowLimit' | 'findingLimit'> {
  const { capture, endpoints, endpointCount, conversations, conversationCount } = reported
  const { findings, findingCount, limits } = reported
  const rowLimit =
    cutAt(endpoints, endpointCount) ??
    cutAt(conversations, conversationCount) ??
    cutAt(capture.interfaces, capture.interfaceCount)
  // Scans that the rules themselves do not list are in no summary.
  return { rowLimit, findingLimit: cutAt(findings, findingCount - limits.unlistedScanCount) }
}

function cutAt(rows: readonly unknown[], count: number): number | null {
  return rows.length < count ? rows.length : null
}

function compare(path: string, reported: unknown, now: unknown, into: Difference[]): void {
  if (isObject(reported) && isObject(now) && Array.isArray(reported) === Array.isArray(now)) {
    const names = new Set([...Object.keys(reported), ...Object.keys(now)])
    for (const name of names) {
      const at = Array.isArray(reported) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`
      compare(at, own(reported, name), own(now, name), into)
    }
    return
  }
  if (reported !== now) into.push({ path, reported: textOf(reported), now: textOf(now) })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function own(from: object, name: string): unknown {
  return Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : undefined
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80)
}

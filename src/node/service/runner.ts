/** What the service needs of an analysis run, and the real one. Tests put their own in its place. */

import {
  failed,
  type HostErrorKind,
  type Outcome,
  type Settings,
  succeeded,
  type WhatIf,
  type WhatIfRequest,
} from '../../contract/index.ts'
import { endpointRows, type CaptureSummary, type Finding, type RuleSettings } from '../../engine/index.ts'
import type { RunningScore } from './evidence.ts'
import type { ReadingState } from './progress.ts'
import { ruleSettingsOf, whatIfOf } from './rules.ts'
import { runningScore } from './score.ts'
import { detectFindings } from '../detect-findings.ts'
import { RowTables } from '../rows/row-window.ts'
import { engineConversationColumns } from '../rows/engine.ts'
import { runAnalysis } from '../run-analysis.ts'

/** Rows of each list in the summary itself, as the command line's `--limit` has it; tables reach further. */
export const SUMMARY_ROW_LIMIT = 1000

export interface RunHooks {
  readonly onProgress: (state: ReadingState) => void
  /** Without it no partial summary is made. */
  readonly onPartial?: (summary: CaptureSummary) => void
  readonly signal: { readonly aborted: boolean }
}

/** A result and what only the run itself can still tell about it. */
export interface AnalysisResult {
  readonly summary: CaptureSummary
  /** Tables of every row, where the run kept them. */
  readonly tables: RowTables
  /** Who would be flagged at other thresholds; null where the run cannot say. */
  readonly whatIf: ((request: WhatIfRequest, mayGoOn: () => boolean) => Promise<Outcome<WhatIf>>) | null
  /** The running score over a finding's probes. */
  readonly scoreOf: (finding: Finding) => RunningScore | null
}

export type AnalysisRunner = (
  paths: readonly string[],
  rules: Pick<Settings, 'thresholds' | 'allowList'>,
  hooks: RunHooks,
) => Promise<Outcome<AnalysisResult>>

/** What the page is told of a file that could not be analysed. */
const errorKinds: Readonly<Record<string, HostErrorKind>> = {
  'not-found': 'file-missing',
  'dangling-link': 'file-missing',
  'link-loop': 'file-missing',
  'permission-denied': 'file-unreadable',
  directory: 'file-unreadable',
  fifo: 'file-unreadable',
  device: 'file-unreadable',
  socket: 'file-unreadable',
  unreadable: 'file-unreadable',
}

export const runEngine: AnalysisRunner = async (paths, chosen, hooks) => {
  const rules = ruleSettingsOf(chosen)
  if (!rules.ok) return rules
  const outcome = await runAnalysis(paths, {
    rowLimit: SUMMARY_ROW_LIMIT,
    rules: rules.value,
    threads: 'chosen',
    onProgress: hooks.onProgress,
    ...(hooks.onPartial === undefined ? {} : { onPartial: hooks.onPartial }),
    signal: hooks.signal,
  })
  if (!outcome.ok) {
    const { kind, path, message } = outcome.problem
    return failed(errorKinds[kind] ?? 'not-a-capture', message, { file: path })
  }
  const { summary, analysis } = outcome
  const detect = (settings: RuleSettings) => detectFindings(analysis, settings)
  return succeeded({
    summary,
    tables: new RowTables(summary, {
      conversations: engineConversationColumns(analysis.aggregates),
      endpoints: () => endpointRows(analysis.aggregates, null).rows,
    }),
    whatIf: (request, mayGoOn) => whatIfOf(request, chosen, summary.scanners, detect, mayGoOn),
    scoreOf: (finding) => runningScore(finding, summary.tool.rules),
  })
}

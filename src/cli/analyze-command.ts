/** `nta analyze`: runs the analysis, writes what was asked for, and says how it went. */

import { factsOfAnalysis } from '../node/parts/part-facts.ts'
import { savePart } from '../node/parts/part-file.ts'
import { loadRuleSettings } from '../node/rule-settings-file.ts'
import { runAnalysis } from '../node/run-analysis.ts'
import { rowsHeld, summaryLists } from '../node/outputs/summary-lists.ts'
import { readAnalyzeArguments } from './analyze-arguments.ts'
import { ExitStatus } from './exit-status.ts'
import { ProgressLine } from './progress-line.ts'
import { repeatedCaptures } from './repeated-captures.ts'
import { STANDARD_INPUT, standardInputFor } from './standard-input.ts'
import { complain, writeOutputs } from './write-outputs.ts'

/** Returns the exit status. Messages go to standard error; standard output carries the page or `--json -` alone. */
export async function analyzeCommand(args: readonly string[]): Promise<number> {
  const read = readAnalyzeArguments(args)
  if ('wrong' in read) {
    complain(`${read.wrong} nta analyze --help lists the options.`)
    return ExitStatus.wrongUsage
  }
  const rules = read.rulesPath === null ? null : loadRuleSettings(read.rulesPath)
  if (rules !== null && 'wrong' in rules) {
    complain(rules.wrong)
    return ExitStatus.wrongUsage
  }

  const progress = new ProgressLine(process.stderr, read.showsProgress)
  const stopOnInterrupt = endOnInterrupt(progress, read.captures.includes(STANDARD_INPUT))
  const outcome = await runAnalysis(read.captures, {
    rowLimit: rowsHeld(read.rowLimit),
    findingLimit: read.rowLimit,
    threads: read.threads ?? 1,
    ...standardInputFor(read.captures),
    onProgress: (now) => {
      progress.show(now)
    },
    ...(rules === null ? {} : { rules: rules.settings }),
  })
  progress.clear()
  stopOnInterrupt()
  if (!outcome.ok) {
    complain(outcome.problem.message)
    return ExitStatus.notAnalysed
  }
  const { summary, analysis } = outcome
  for (const repeated of repeatedCaptures(read.captures, summary.capture.files)) complain(repeated)
  const lists = summaryLists(summary, analysis.aggregates, read.rowLimit)
  return writeOutputs(summary, lists, read, (path) =>
    savePart(path, factsOfAnalysis(outcome), analysis.aggregates),
  )
}

/**
 * Nothing is half written before the analysis is over, so ending at once leaves nothing behind. Of a pipe the first Ctrl-C is meant for
 * the program that writes to it, which ends and leaves a capture that is whole.
 */
function endOnInterrupt(progress: ProgressLine, readsStandardInput: boolean): () => void {
  let isWriterAsked = !readsStandardInput
  const end = (): void => {
    progress.clear()
    if (isWriterAsked) process.exit(ExitStatus.interrupted)
    isWriterAsked = true
    complain('Reading standard input to its end; Ctrl-C again ends at once.')
  }
  process.on('SIGINT', end)
  return () => process.off('SIGINT', end)
}

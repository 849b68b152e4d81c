/** `nta analyze`: runs the analysis, writes what was asked for, and says how it went. */

import { once } from 'node:events'
import type { CaptureSummary } from '../engine/index.ts'
import { saveCsvFolder } from '../node/export-csv.ts'
import { loadRuleSettings } from '../node/rule-settings-file.ts'
import { runAnalysis } from '../node/run-analysis.ts'
import { saveFile } from '../node/save-file.ts'
import { saveReport } from '../node/save-report.ts'
import { readAnalyzeArguments, severityRank, type AnalyzeArguments } from './analyze-arguments.ts'
import { ExitStatus } from './exit-status.ts'
import { ProgressLine } from './progress-line.ts'
import { terminalPage } from './terminal-page.ts'
import { terminalText } from './terminal-text.ts'

/** Returns the exit status. Messages go to standard error; standard output carries the page or `--json -` alone. */
export async function analyzeCommand(args: readonly string[]): Promise<number> {
  const read = readAnalyzeArguments(args)
  if ('wrong' in read) {
    complain(`${read.wrong} nta --help lists the options.`)
    return ExitStatus.wrongUsage
  }
  const rules = read.rulesPath === null ? null : loadRuleSettings(read.rulesPath)
  if (rules !== null && 'wrong' in rules) {
    complain(rules.wrong)
    return ExitStatus.wrongUsage
  }

  const progress = new ProgressLine(process.stderr, read.showsProgress)
  const stopOnInterrupt = endOnInterrupt(progress)
  const outcome = await runAnalysis(read.captures, {
    rowLimit: read.rowLimit,
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
  const failures = await writeOutputs(outcome.summary, read)
  for (const failure of failures) complain(failure)
  if (failures.length > 0) return ExitStatus.notAnalysed
  return statusOf(outcome.summary, read)
}

/** Nothing is half written before the analysis is over, so ending at once leaves nothing behind. */
function endOnInterrupt(progress: ProgressLine): () => void {
  const end = (): void => {
    progress.clear()
    process.exit(ExitStatus.interrupted)
  }
  process.once('SIGINT', end)
  return () => process.off('SIGINT', end)
}

async function writeOutputs(summary: CaptureSummary, read: AnalyzeArguments): Promise<string[]> {
  const failures: string[] = []
  const note = (failure: string | null): void => {
    if (failure !== null) failures.push(failure)
  }
  if (read.jsonPath === '-') await print(`${JSON.stringify(summary)}\n`)
  else if (read.jsonPath !== null) note(await save(read.jsonPath, `${JSON.stringify(summary)}\n`))
  if (read.htmlPath !== null) note(await saveReport(read.htmlPath, summary, { timeZone: read.timeZone }))
  if (read.csvFolder !== null) note(await saveCsvFolder(read.csvFolder, summary))
  const hasOutput = read.jsonPath !== null || read.htmlPath !== null || read.csvFolder !== null
  if (!hasOutput && !read.isQuiet) {
    await print(
      terminalPage(summary, {
        columns: process.stdout.columns,
        timeZone: read.timeZone,
        isColour: wantsColour(),
      }),
    )
  }
  return failures
}

async function save(path: string, text: string): Promise<string | null> {
  const saved = await saveFile(path, text)
  return saved.ok ? null : saved.error.message
}

/** Colour on a terminal, unless the reader wants none (no-color.org). */
function wantsColour(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb'
}

async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

function statusOf(summary: CaptureSummary, read: AnalyzeArguments): number {
  const { ending } = summary.capture
  const isPartial = ending.kind !== 'complete'
  if (isPartial) {
    const names = read.captures.join(', ')
    complain(
      `${names}: read in part (${ending.kind} at byte ${String(ending.byteOffset)}). ${ending.detail} The figures cover the ${String(summary.capture.packetCount)} packets before it.`,
    )
  }
  const { failOn } = read
  if (failOn !== null) {
    const worst = summary.findings.find(
      ({ severity, authorised }) => !authorised && severityRank(severity) >= severityRank(failOn),
    )
    if (worst !== undefined) return ExitStatus.findingAtThreshold
  }
  return isPartial ? ExitStatus.partlyAnalysed : ExitStatus.analysed
}

function complain(message: string): void {
  process.stderr.write(`nta: ${terminalText(message)}\n`)
}

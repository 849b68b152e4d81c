/** What `nta analyze` and `nta merge` make of a summary: files, a page, messages and the exit status. */

import { once } from 'node:events'
import type { CaptureSummary } from '../engine/index.ts'
import { errorText } from '../node/capture/capture-file.ts'
import { saveFile, type SaveContent } from '../node/saving/save-file.ts'
import { summaryJson } from '../node/outputs/summary-json.ts'
import type { SummaryLists } from '../node/outputs/summary-lists.ts'
import { severityRank, type AnalyzeArguments } from './analyze-arguments.ts'
import { ExitStatus } from './exit-status.ts'
import { countText } from './figures.ts'
import { inputName } from './standard-input.ts'
import { terminalPage } from './terminal-page.ts'
import { terminalText } from './terminal-text.ts'

/**
 * Write every output that was asked for, or a page when none was, and tell the exit status. `saveTheirPart` saves the
 * part that `--part` names: null when saved, else one sentence on what failed.
 */
export async function writeOutputs(
  summary: CaptureSummary,
  lists: SummaryLists,
  read: AnalyzeArguments,
  saveTheirPart: (path: string) => Promise<string | null>,
): Promise<number> {
  // Files first: a reader of standard output may leave early, and that ends the program.
  const failures = await writeFiles(summary, lists, read, saveTheirPart)
  try {
    await printOutput(summary, lists, read)
  } catch (error) {
    failures.push(`Standard output cannot be written (${errorText(error)}). Name a file with --json instead.`)
  }
  for (const failure of failures) complain(failure)
  if (failures.length > 0) return ExitStatus.notAnalysed
  const saved = [read.jsonPath, read.htmlPath, read.csvFolder, read.partPath].filter((path) => path !== null)
  // Standard output is the summary's alone when it was asked for there.
  if (saved.length > 0 && read.jsonPath !== '-' && !read.isQuiet) await print(savedLine(summary, saved))
  return statusOf(summary, read)
}

async function writeFiles(
  summary: CaptureSummary,
  lists: SummaryLists,
  read: AnalyzeArguments,
  saveTheirPart: (path: string) => Promise<string | null>,
): Promise<string[]> {
  const failures: string[] = []
  const note = (failure: string | null): void => {
    if (failure !== null) failures.push(failure)
  }
  if (read.jsonPath !== null && read.jsonPath !== '-')
    note(await save(read.jsonPath, summaryJson(summary, lists)))
  // The report's code is a third of the program: loaded where it is wanted, and then only once the analysis is done.
  if (read.htmlPath !== null) {
    const { saveReport } = await import('../node/outputs/save-report.ts')
    note(await saveReport(read.htmlPath, summary, { timeZone: read.timeZone }))
  }
  if (read.csvFolder !== null) {
    const { saveCsvFolder } = await import('../node/outputs/export-csv.ts')
    note(await saveCsvFolder(read.csvFolder, summary, lists))
  }
  if (read.partPath !== null) note(await saveTheirPart(read.partPath))
  return failures
}

async function printOutput(
  summary: CaptureSummary,
  lists: SummaryLists,
  read: AnalyzeArguments,
): Promise<void> {
  if (read.jsonPath === '-') for (const piece of summaryJson(summary, lists)) await print(piece)
  const hasOutput = [read.jsonPath, read.htmlPath, read.csvFolder, read.partPath].some(
    (path) => path !== null,
  )
  if (!hasOutput && !read.isQuiet) {
    await print(
      terminalPage(summary, {
        columns: process.stdout.columns,
        timeZone: read.timeZone,
        isColour: wantsColour(),
      }),
    )
  }
}

/** What a script's log or a newcomer wants to know: what was found, and where it stands now. */
function savedLine(summary: CaptureSummary, paths: readonly string[]): string {
  const { capture, findingCount, scanners } = summary
  const counts = [
    counted(capture.packetCount, 'packet'),
    counted(findingCount, 'finding'),
    counted(scanners.length, 'flagged scanner'),
  ].join(', ')
  return `${counts}. Saved ${terminalText(paths.join(', '))}\n`
}

async function save(path: string, content: SaveContent): Promise<string | null> {
  const saved = await saveFile(path, content)
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
    const names = read.captures.map(inputName).join(', ')
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

/** One line on standard error. */
export function complain(message: string): void {
  process.stderr.write(`nta: ${terminalText(message)}\n`)
}

function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** What an analysis can be saved as: the report, the summary as JSON, one table as CSV. */

import { failed, type Outcome, succeeded, type TableName } from '../contract/index.ts'
import type { CaptureSummary } from '../engine/index.ts'
import { renderReport } from '../report/render-report.ts'
import { csvPieces } from './analysis-service-csv.ts'
import { replaceFile, ReplaceCancelled } from './replace-file.ts'

export interface OutputHooks {
  /** Bytes written so far. */
  readonly onBytes: (byteCount: number) => void
  readonly signal: { readonly aborted: boolean }
}

export type Written = Promise<Outcome<{ byteCount: number }>>

export interface AnalysisOutputs {
  report(summary: CaptureSummary, path: string, hooks: OutputHooks): Written
  json(summary: CaptureSummary, path: string, hooks: OutputHooks): Written
  csv(
    table: TableName,
    rowCount: number,
    rowAt: (place: number) => unknown,
    path: string,
    hooks: OutputHooks,
  ): Written
}

/** The real ones. Each replaces the file at `path` in one step. */
export const fileOutputs: AnalysisOutputs = {
  report: (summary, path, hooks) => write(path, [() => renderReport(summary, { timeZone: 'utc' })], hooks),
  json: (summary, path, hooks) => write(path, [() => `${JSON.stringify(summary)}\n`], hooks),
  csv: (table, rowCount, rowAt, path, hooks) => write(path, [() => csvPieces(table, rowCount, rowAt)], hooks),
}

/** Text is made while writing, so that what goes wrong there is an outcome too. */
async function write(
  path: string,
  makers: readonly (() => string | Iterable<string>)[],
  hooks: OutputHooks,
): Written {
  try {
    return succeeded({ byteCount: await replaceFile(path, madeBy(makers), hooks) })
  } catch (error) {
    if (error instanceof ReplaceCancelled) return failed('cancelled', error.message)
    const { code, message } = error as NodeJS.ErrnoException
    return failed('save-failed', `${path} could not be written (${code ?? message}).`, {
      file: path,
      advice: adviceFor(code),
    })
  }
}

function* madeBy(makers: readonly (() => string | Iterable<string>)[]): Generator<string, void, undefined> {
  for (const make of makers) {
    const made = make()
    if (typeof made === 'string') yield made
    else yield* made
  }
}

function adviceFor(code: string | undefined): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: free some space or choose another place.'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'This folder may not be written: choose another place.'
    case 'ENOENT':
      return 'The folder is no longer there: choose another place.'
    default:
      return 'Choose another place and try again. An older file of that name is unchanged.'
  }
}

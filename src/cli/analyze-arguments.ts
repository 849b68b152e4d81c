/** The arguments of `nta analyze` and `nta merge`, read and checked before anything is opened. */

import type { Severity } from '../engine/index.ts'
import { readOptions } from './read-options.ts'
import { standardInputRepeated } from './standard-input.ts'

export interface AnalyzeArguments {
  /** Captures, or the parts to merge. */
  readonly captures: readonly string[]
  /** `-` is standard output. */
  readonly jsonPath: string | null
  readonly htmlPath: string | null
  readonly csvFolder: string | null
  /** Where the part goes that `nta merge` reads. */
  readonly partPath: string | null
  readonly rulesPath: string | null
  /** null lists all rows. */
  readonly rowLimit: number | null
  readonly failOn: Severity | null
  /** Threads that count; null leaves it to the program. */
  readonly threads: number | null
  readonly isQuiet: boolean
  readonly showsProgress: boolean
  readonly timeZone: 'utc' | 'local'
}

/** Rows listed when nobody says otherwise: more than a person reads, little enough for a page. */
export const ROW_LIMIT_DEFAULT = 1000

/** Each thread holds a part of its own: 50 MB and more. */
const THREADS_MAX = 64

const OPTIONS = {
  json: 'value',
  html: 'value',
  csv: 'value',
  part: 'value',
  rules: 'value',
  limit: 'value',
  'fail-on': 'value',
  threads: 'value',
  quiet: 'flag',
  'no-progress': 'flag',
  'time-zone': 'value',
} as const

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/**
 * The arguments, or one sentence on what is wrong with them. `inputs` names what is read, for that sentence; `wrongIn` says what is
 * wrong with where they are read from.
 */
export function readAnalyzeArguments(
  args: readonly string[],
  inputs = 'capture file',
  wrongIn: (operands: readonly string[]) => string | null = standardInputRepeated,
): AnalyzeArguments | { readonly wrong: string } {
  const given = readOptions(args, OPTIONS)
  if ('wrong' in given) return given
  const { values, operands } = given
  if (operands.length === 0) return { wrong: `Name at least one ${inputs}.` }
  const wrong = wrongIn(operands)
  if (wrong !== null) return { wrong }
  const rowLimit = readLimit(values.limit)
  if (rowLimit === undefined)
    return { wrong: `--limit takes a whole number or none, not "${values.limit ?? ''}".` }
  const failOn = values['fail-on'] ?? null
  if (failOn !== null && !isSeverity(failOn)) {
    return { wrong: `--fail-on takes low, medium, high or critical, not "${failOn}".` }
  }
  const threads = readThreads(values.threads)
  if (threads === undefined) {
    return {
      wrong: `--threads takes a number from 1 to ${String(THREADS_MAX)}, not "${values.threads ?? ''}".`,
    }
  }
  const timeZone = values['time-zone'] ?? 'utc'
  if (timeZone !== 'utc' && timeZone !== 'local') {
    return { wrong: `--time-zone takes utc or local, not "${timeZone}".` }
  }
  return {
    captures: operands,
    jsonPath: values.json ?? null,
    htmlPath: values.html ?? null,
    csvFolder: values.csv ?? null,
    partPath: values.part ?? null,
    rulesPath: values.rules ?? null,
    rowLimit,
    failOn,
    threads,
    isQuiet: values.quiet ?? false,
    showsProgress: !(values['no-progress'] ?? false),
    timeZone,
  }
}

function readLimit(text: string | undefined): number | null | undefined {
  if (text === undefined) return ROW_LIMIT_DEFAULT
  if (text === 'none') return null
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function readThreads(text: string | undefined): number | null | undefined {
  if (text === undefined) return null
  const threads = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return threads >= 1 && threads <= THREADS_MAX ? threads : undefined
}

function isSeverity(text: string): text is Severity {
  return (SEVERITIES as readonly string[]).includes(text)
}

/** 0 for low to 3 for critical. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

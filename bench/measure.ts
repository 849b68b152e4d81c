/** Runs a command and says how long it took, how much processor it used and how much memory it held at most. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGuarded, USUAL_BOUNDS, type Bounds, type Outcome } from './guarded-process.ts'

export interface Measurement extends Pick<Outcome, 'wallSeconds' | 'exitCode' | 'stopped'> {
  /** User and system time of all its processes; null where the machine cannot tell. */
  readonly cpuSeconds: number | null
  /** Largest resident size of any one of its processes, in MiB; null where the machine cannot tell. */
  readonly peakMib: number | null
  /** Null when it ran to its end and well; else why not, for people. */
  readonly failure: string | null
}

/** Which `time` program there is: GNU's reads a format, BSD's and macOS's prints a list with -l, Windows has none. */
const timer = ((): 'gnu' | 'bsd' | 'none' => {
  const probe = spawnSync('/usr/bin/time', ['--version'], { encoding: 'utf8' })
  if (probe.error) return 'none'
  return /GNU/.test(probe.stdout + probe.stderr) ? 'gnu' : 'bsd'
})()

const NOT_KNOWN = { cpuSeconds: null, peakMib: null }

/** Standard output and input are not connected. */
export async function measure(
  command: readonly string[],
  bounds: Partial<Bounds> = {},
): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'))
  try {
    const usage = join(folder, 'usage')
    const outcome = await runGuarded(timed(command, usage), { ...USUAL_BOUNDS, ...bounds })
    const { wallSeconds, exitCode, stopped } = outcome
    const used = stopped === null && exitCode !== null ? readUsage(usage) : NOT_KNOWN
    return { wallSeconds, exitCode, stopped, ...used, failure: failure(outcome) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function failure({ exitCode, stopped, wallSeconds, errorText }: Outcome): string | null {
  if (stopped === 'timeout') return `not done after ${Math.round(wallSeconds)} s`
  if (stopped === 'memory')
    return `stopped after ${Math.round(wallSeconds)} s: a quarter of the machine's memory taken`
  if (exitCode === 0) return null
  const lastWords = errorText.trimEnd().split('\n').at(-1) ?? ''
  return `ended with ${exitCode === null ? 'a signal' : `status ${exitCode}`}${lastWords && `: ${lastWords}`}`
}

function timed(command: readonly string[], usage: string): readonly string[] {
  if (timer === 'gnu') return ['/usr/bin/time', '-q', '-o', usage, '-f', '%U %S %M', ...command]
  if (timer === 'bsd') return ['/usr/bin/time', '-l', '-o', usage, ...command]
  return command
}

function readUsage(path: string): Pick<Measurement, 'cpuSeconds' | 'peakMib'> {
  if (timer === 'none') return NOT_KNOWN
  const report = readFileSync(path, 'utf8')
  if (timer === 'gnu') {
    const [user = NaN, system = NaN, kibibytes = NaN] = report.trim().split(/\s+/).map(Number)
    return { cpuSeconds: user + system, peakMib: kibibytes / 1024 }
  }
  const number = (pattern: RegExp): number => Number(pattern.exec(report)?.[1])
  return {
    cpuSeconds: number(/([\d.]+) user/) + number(/([\d.]+) sys/),
    peakMib: number(/(\d+)\s+maximum resident set size/) / 2 ** 20,
  }
}

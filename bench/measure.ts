/** Runs a command and says how long it took, how much processor it used and how much memory it held at most. */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measurement {
  readonly wallSeconds: number
  /** User and system time of all its processes; null where the machine cannot tell. */
  readonly cpuSeconds: number | null
  /** Largest resident size of any one of its processes, in MiB; null where the machine cannot tell. */
  readonly peakMib: number | null
  /** 0 when all went well; null when it was ended by a signal. */
  readonly exitCode: number | null
  readonly timedOut: boolean
  /** The last line on standard error, for saying why it failed. */
  readonly lastWords: string
}

/** Which `time` program there is: GNU's reads a format, BSD's and macOS's prints a list with -l, Windows has none. */
const timer = ((): 'gnu' | 'bsd' | 'none' => {
  const probe = spawnSync('/usr/bin/time', ['--version'], { encoding: 'utf8' })
  if (probe.error) return 'none'
  return /GNU/.test(probe.stdout + probe.stderr) ? 'gnu' : 'bsd'
})()

/** Standard output and input are not connected. After `timeoutSeconds` the command and its children are ended. */
export async function measure(command: readonly string[], timeoutSeconds = 600): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'))
  const usage = join(folder, 'usage')
  const [program = '', ...args] = wrapped(command, usage)
  const started = performance.now()
  // A process group of its own, so that a whole pipeline can be ended.
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString('utf8')).slice(-2000)))

  // Widened: the compiler does not see that the callback assigns it.
  let timedOut = false as boolean
  const timeout = setTimeout(() => {
    timedOut = true
    if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  }, timeoutSeconds * 1000)
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  clearTimeout(timeout)
  const wallSeconds = (performance.now() - started) / 1000
  const { cpuSeconds, peakMib } = timedOut ? NOT_KNOWN : readUsage(usage)
  rmSync(folder, { recursive: true })
  const lastWords = errors.trimEnd().split('\n').at(-1) ?? ''
  return { wallSeconds, cpuSeconds, peakMib, exitCode, timedOut, lastWords }
}

const NOT_KNOWN = { cpuSeconds: null, peakMib: null }

function wrapped(command: readonly string[], usage: string): readonly string[] {
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
    peakMib: number(/(\d+)\s+maximum resident set size/) / (1 << 20),
  }
}

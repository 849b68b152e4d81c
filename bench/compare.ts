/** Runs programs on one capture in turn, round after round, so that all meet the same weather; keeps medians. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storedCapture } from './generate/stored-captures.ts'
import { measure, type Measurement } from './measure.ts'
import { mixes, type Mix, type Program } from './programs.ts'

export interface Result {
  readonly program: Program
  /** Null when it did not run to its end; then `failure` says why. */
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  readonly peakMib: number | null
  readonly roundCount: number
  /** How many times the whole capture is as long as the slice that was measured; 1 when it was the whole. */
  readonly scale: number
  readonly failure: string | null
}

export interface ComparisonOptions {
  readonly rounds: number
  readonly tell: (line: string) => void
}

/**
 * A program whose first run took longer is not run again: noise of a second no longer matters there, and minutes do.
 */
const REPEATED_SECONDS_MAX = 12

/** Times are those of the whole capture: what was measured on a slice is multiplied by `scale`; memory is not. */
export async function compare(
  mix: Mix,
  programs: readonly Program[],
  { rounds, tell }: ComparisonOptions,
): Promise<Result[]> {
  const whole = await storedCapture(mixes[mix], undefined, tell)
  const runs = new Map<Program, Measurement[]>(programs.map((program) => [program, []]))
  for (let round = 0; round < rounds; round++) {
    for (const program of programs) {
      const sofar = runs.get(program) ?? []
      if (round > 0 && sofar.some((run) => run.failure !== null || run.wallSeconds > REPEATED_SECONDS_MAX))
        continue
      const capture = await storedCapture(program.slices?.[mix] ?? mixes[mix], undefined, tell)
      sofar.push(await runOnce(program, capture.path))
      tell(`${capture.name}  round ${round + 1}  ${program.name.padEnd(20)} ${inBrief(sofar.at(-1))}`)
    }
  }
  return Promise.all(
    programs.map(async (program) => {
      const slice = await storedCapture(program.slices?.[mix] ?? mixes[mix], undefined, tell)
      return summarized(program, runs.get(program) ?? [], whole.byteCount / slice.byteCount)
    }),
  )
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2
}

async function runOnce(program: Program, capture: string): Promise<Measurement> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return await measure(program.command(capture, scratch))
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function summarized(program: Program, runs: readonly Measurement[], scale: number): Result {
  const failure = runs.find((run) => run.failure !== null)?.failure ?? null
  const known = (pick: (run: Measurement) => number | null): number | null => {
    const numbers = runs.map(pick).filter((value) => value !== null)
    return numbers.length > 0 ? median(numbers) : null
  }
  return {
    program,
    wallSeconds: failure !== null ? null : median(runs.map((run) => run.wallSeconds)) * scale,
    cpuSeconds: known((run) => (run.cpuSeconds === null ? null : run.cpuSeconds * scale)),
    peakMib: known((run) => run.peakMib),
    roundCount: runs.length,
    scale,
    failure,
  }
}

function inBrief(run: Measurement | undefined): string {
  if (!run) return ''
  if (run.failure !== null) return run.failure
  const cpu = run.cpuSeconds === null ? '' : `  cpu ${run.cpuSeconds.toFixed(2)} s`
  const peak = run.peakMib === null ? '' : `  ${Math.round(run.peakMib)} MiB`
  return `${run.wallSeconds.toFixed(2)} s${cpu}${peak}`
}

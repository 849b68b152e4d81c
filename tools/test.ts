/** `npm test`: every check and every test, one line a stage, and at the end how many passed and failed. */

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { hasSpecs } from './has-specs.ts'
import { outcomeOfRun, playwrightOutcome, vitestOutcome, type Outcome } from './test-outcome.ts'

type Stage = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** Where the command leaves its report, and how to read it. Without one the stage counts as one test. */
  readonly report?: { readonly file: string; readonly read: (text: string) => Outcome }
}

const VITEST_REPORT = resolve('node_modules/.cache/vitest-report.json')
const PLAYWRIGHT_REPORT = resolve('node_modules/.cache/playwright-report.json')
const SKIPPED_NAMES_MAX = 20

const stages: readonly Stage[] = [
  { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'format', command: ['npm', 'run', '--silent', 'format:check'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'unit and integration',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`],
    report: { file: VITEST_REPORT, read: vitestOutcome },
  },
  {
    name: 'end to end',
    command: ['tsx', 'tools/e2e.ts', '--reporter=list,json'],
    report: { file: PLAYWRIGHT_REPORT, read: playwrightOutcome },
  },
]

let passedCount = 0
let failedCount = 0
for (const stage of stages) {
  process.stdout.write(`${stage.name} … `)
  if (stage.name === 'end to end' && !hasSpecs()) {
    console.log('no end-to-end specs yet')
    continue
  }
  const outcome = await run(stage)
  passedCount += outcome.passedCount
  failedCount += outcome.failedCount
}
console.log(`${passedCount} passed, ${failedCount} failed`)
process.exitCode = failedCount === 0 ? 0 : 1

/** Runs a stage to its end and prints its line; what the command printed follows only when something failed. */
async function run({ name, command, report }: Stage): Promise<Outcome> {
  const startMs = performance.now()
  if (report !== undefined) rmSync(report.file, { force: true })
  const { exitStatus, output } = await runCollecting(command)
  const outcome =
    report === undefined
      ? { passedCount: exitStatus === 0 ? 1 : 0, failedCount: exitStatus === 0 ? 0 : 1, skipped: [] }
      : outcomeOfRun(exitStatus, report.file, report.read)

  const seconds = `${((performance.now() - startMs) / 1000).toFixed(1)} s`
  const counts =
    report === undefined
      ? exitStatus === 0
        ? 'ok'
        : 'FAILED'
      : `${outcome.passedCount} ok, ${outcome.failedCount} not ok, ${outcome.skipped.length} skipped`
  console.log(`${counts}, ${seconds}`)
  for (const test of outcome.skipped.slice(0, SKIPPED_NAMES_MAX)) console.log(`  skipped: ${test}`)
  const unnamedCount = outcome.skipped.length - SKIPPED_NAMES_MAX
  if (unnamedCount > 0) console.log(`  and ${unnamedCount} more skipped`)
  if (outcome.failedCount > 0) console.log(`\n--- ${name}: ${command.join(' ')}\n${output}\n---`)
  return outcome
}

function runCollecting(command: Stage['command']): Promise<{ exitStatus: number; output: string }> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Output is collected, not shown on a terminal: colour codes would only clutter it.
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT, NO_COLOR: '1' },
    shell: process.platform === 'win32',
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      settle({ exitStatus: code ?? 1, output: Buffer.concat(chunks).toString() })
    })
  })
}

/**
 * What partial results cost the whole: `npx tsx bench/partials.ts [NAME…] [--runs N]`.
 *
 * Each run is a fresh process that reads the capture as the window's analyzer does, in turn with partial results and
 * without. Prints the medians and their difference; nothing is judged.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileOutputs } from '../src/node/service/outputs.ts'
import { runEngine } from '../src/node/service/runner.ts'
import { AnalysisService } from '../src/node/service/analysis-service.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, child: { type: 'string' } },
})

if (values.child !== undefined) console.log(await seconds(positionals[0]!, values.child === 'with'))
else {
  console.log(describeMachine())
  for (const name of positionals.length > 0 ? positionals : ['conversations-1m.pcap', 'realistic.pcap'])
    await compare(name)
}

async function compare(name: string): Promise<void> {
  const { path } = await storedCapture(name, undefined, console.log)
  const times = { with: [] as number[], without: [] as number[] }
  for (let run = 0; run < Number(values.runs); run++)
    for (const kind of ['with', 'without'] as const) times[kind].push(inFreshProcess(path, kind))
  const [own, other] = [median(times.with), median(times.without)]
  const share = ((own / other - 1) * 100).toFixed(1)
  console.log(
    `${name.padEnd(24)} with partial results ${own.toFixed(2)} s, without ${other.toFixed(2)} s: ${share} % more`,
  )
}

function inFreshProcess(path: string, kind: 'with' | 'without'): number {
  const args = ['--import', 'tsx', import.meta.filename, '--child', kind, path]
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

/** From the call to its outcome, with all the service does about a partial result. */
async function seconds(path: string, isWithPartials: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'partials-'))
  const service = new AnalysisService({
    run: (paths, rules, { onPartial, ...hooks }) =>
      runEngine(paths, rules, isWithPartials && onPartial !== undefined ? { ...hooks, onPartial } : hooks),
    outputs: fileOutputs,
    now: () => performance.now(),
    onAlive: () => undefined,
    whenIdle: () => undefined,
  })
  const order = { paths: [path], thresholds: {}, allowList: [], snapshotPath: join(folder, 'snapshot.json') }
  const startMs = performance.now()
  const outcome = await service.analyze(order, () => undefined, { aborted: false })
  const tookSeconds = (performance.now() - startMs) / 1000
  rmSync(folder, { recursive: true })
  if (!outcome.ok) throw new Error(outcome.error.message)
  return tookSeconds
}

function median(of: readonly number[]): number {
  const sorted = [...of].sort((one, other) => one - other)
  return sorted[sorted.length >> 1]!
}

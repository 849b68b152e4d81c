/**
 * Fuzzing: `npm run fuzz -- --target readers|pipeline|outputs [options]`.
 *
 *   --seconds N      how long; 60 unless told otherwise
 *   --executions N   or until so many inputs
 *   --seed S         of the random numbers; printed when it is not given
 *   --own-seeds      without the corpus beside the project, so that two machines do the same
 *   --replay FILE    run the session that a run wrote down
 *
 * What is found is written to `fuzz-<target>-<seed>.session` in the folder for temporary files. Exit status 1 then.
 */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorker } from './bundle.ts'
import { supervise } from './supervise.ts'
import { TARGET_NAMES, type TargetName } from './target.ts'

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'readers' },
    seconds: { type: 'string', default: '60' },
    executions: { type: 'string', default: 'Infinity' },
    seed: { type: 'string' },
    'own-seeds': { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
})
process.exitCode = await main()

async function main(): Promise<number> {
  const target = TARGET_NAMES.find((name) => name === values.target)
  if (target === undefined) {
    console.error(`--target is one of ${TARGET_NAMES.join(', ')}`)
    return 64
  }
  const worker = await bundleWorker(null)
  try {
    return await run(worker, target)
  } finally {
    rmSync(dirname(worker), { recursive: true, force: true })
  }
}

async function run(worker: string, target: TargetName): Promise<number> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const startMs = performance.now()
  const rate = (count: number): string => ((count * 1000) / (performance.now() - startMs)).toFixed(0)
  console.log(`${target}, seed ${seed}`)
  const { executionCount, reachedCount, message, session } = await supervise(
    worker,
    {
      target,
      seed,
      seconds: Number(values.seconds),
      executionCountMax: Number(values.executions),
      hasCorpus: !values['own-seeds'],
      session: values.replay === undefined ? null : readFileSync(values.replay),
    },
    ({ executionCount: count, keptCount, reachedCount: reached, residentMib }) => {
      console.log(
        `${count} inputs, ${rate(count)} a second, ${reached} blocks, ${keptCount} kept, ${residentMib} MiB`,
      )
    },
  )
  console.log(
    `${executionCount} inputs, ${rate(executionCount)} a second, ${reachedCount} blocks of code reached`,
  )
  if (message === null) return 0
  const path = join(tmpdir(), `fuzz-${target}-${seed}.session`)
  if (session !== null) writeFileSync(path, session)
  console.log(`found: ${message}\nrun again with --target ${target} --replay ${path}`)
  return 1
}

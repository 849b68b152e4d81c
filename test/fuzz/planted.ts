/**
 * Proves the net: `npm run fuzz:planted -- [--only TEXT] [--seconds N]` builds the fuzz worker once for every planted bug and
 * fuzzes until the bug is found. Exit status 1 when one is not found within N seconds (60 unless told otherwise).
 */

import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorker } from './bundle.ts'
import { PLANTED_BUGS } from './planted-bugs.data.ts'
import { supervise } from './supervise.ts'

const { values } = parseArgs({
  options: { only: { type: 'string' }, seconds: { type: 'string', default: '60' } },
})
/** Shorter than for a run of hours: a planted loop should not take long to be told. */
const HANG_SECONDS = 5

const only = values.only
const chosen = PLANTED_BUGS.filter(
  ({ name, target }) => only === undefined || `${target} ${name}`.includes(only),
)
let foundCount = 0
for (const bug of chosen) {
  const worker = await bundleWorker(bug)
  const order = {
    target: bug.target,
    seed: 1,
    seconds: Number(values.seconds),
    executionCountMax: Infinity,
    hasCorpus: false,
    session: null,
  }
  const { executionCount, message } = await supervise(worker, order, undefined, HANG_SECONDS)
  rmSync(dirname(worker), { recursive: true, force: true })
  if (message !== null) foundCount += 1
  const how =
    message === null
      ? `NOT FOUND in ${executionCount} inputs`
      : `found after ${executionCount} inputs: ${message.split('\n')[0]!.slice(0, 100)}`
  console.log(`${bug.target}: ${bug.name}: ${how}`)
}
console.log(`${foundCount} of ${chosen.length} planted bugs found`)
process.exitCode = foundCount === chosen.length ? 0 : 1

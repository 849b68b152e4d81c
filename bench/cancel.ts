/**
 * How soon a run ends that is cancelled, anywhere in a large capture: `npx tsx bench/cancel.ts [NAME] [--rounds N]`.
 *
 * The capture is zero-records-5g.pcap unless told otherwise. Prints the time from each cancel to the outcome of the call, and
 * whether progress ever went back. Exit status 1 when one took more than 200 ms, which is about when a person notices.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CrashBreaker } from '../src/node/analyzer/breaker.ts'
import { AnalyzerClient } from '../src/node/analyzer/client.ts'
import { forkAnalyzer } from '../src/node/analyzer/fork.ts'
import { isStoppedBySystem } from '../src/node/analyzer/stopped.ts'
import { seededRandom } from '../test/traffic/index.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'

const LIMIT_MS = 200

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '12' } },
})
const { path, name } = await storedCapture(positionals[0] ?? 'zero-records-5g.pcap', undefined, console.log)
const folder = mkdtempSync(join(tmpdir(), 'cancel-'))
const random = seededRandom(3)
console.log(describeMachine())
let slowestMs = 0
for (let round = 0; round < Number(values.rounds); round++) {
  const share = random.fraction() * 0.9
  const { waitedMs, isMonotone, reached } = await cancelledAt(share)
  slowestMs = Math.max(slowestMs, waitedMs)
  const progress = isMonotone ? '' : ', and progress went back'
  console.log(`${name} at ${(reached * 100).toFixed(0)} %: ${waitedMs.toFixed(0)} ms${progress}`)
  if (!isMonotone) process.exitCode = 1
}
rmSync(folder, { recursive: true, force: true })
console.log(`slowest: ${slowestMs.toFixed(0)} ms`)
if (slowestMs > LIMIT_MS) process.exitCode = 1

async function cancelledAt(
  share: number,
): Promise<{ waitedMs: number; isMonotone: boolean; reached: number }> {
  const client = new AnalyzerClient({
    spawn: () => forkAnalyzer({ entry: resolve('out/cli/analyzer-entry.mjs') }),
    now: () => performance.now(),
    isStopped: isStoppedBySystem,
    log: () => undefined,
    breaker: new CrashBreaker(() => performance.now()),
  })
  const abort = new AbortController()
  let cancelledMs = 0
  let reached = 0
  let isMonotone = true
  const order = { paths: [path], thresholds: {}, allowList: [], snapshotPath: join(folder, 'snapshot.json') }
  await client.analyze(order, name, {
    signal: abort.signal,
    onEvent(event) {
      if (event.kind !== 'progress' || cancelledMs !== 0) return
      const { bytesRead, bytesTotal } = event.progress
      const now = bytesTotal === 0 ? 0 : bytesRead / bytesTotal
      isMonotone &&= now >= reached
      reached = now
      if (now < share) return
      cancelledMs = performance.now()
      abort.abort()
    },
  })
  const waitedMs = cancelledMs === 0 ? 0 : performance.now() - cancelledMs
  client.close()
  return { waitedMs, isMonotone, reached }
}

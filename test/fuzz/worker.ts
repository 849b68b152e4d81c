/** One run of the fuzz loop in a thread of its own, so that its parent can see a hang and survive a lack of memory. */

import { parentPort, workerData } from 'node:worker_threads'
import { fuzz, replay, type ReachedCode } from './loop.ts'
import { makeSeeds } from './seeds.ts'
import { readSession, SharedLog, writeSession } from './shared-log.ts'
import type { TargetName } from './target.ts'

export interface WorkerOrder {
  readonly target: TargetName
  readonly seed: number
  readonly seconds: number
  readonly executionCountMax: number
  readonly hasCorpus: boolean
  readonly log: SharedArrayBuffer
  /** A session to run again instead of fuzzing. */
  readonly session: Uint8Array | null
}

export interface WorkerReport {
  readonly kind: 'progress' | 'end'
  readonly executionCount: number
  readonly keptCount: number
  readonly reachedCount: number
  readonly residentMib: number
  /** What was wrong, and with which inputs; null when nothing was. */
  readonly message: string | null
  readonly session: Uint8Array | null
}

/** An input that takes longer by itself breaks the promise of a second for 64 KiB. */
const SECONDS_MAX = 1
const PROGRESS_EVERY_MS = 10_000
/** Growth of resident memory, once warm, that is taken for a leak. */
const GROWTH_MIB_MAX = 400
const WARM_AFTER_MS = 60_000

const BLOCK_COUNT_MAX = 1 << 16
const reached: ReachedCode & { readonly seen: Uint8Array; readonly reach: (block: number) => void } = {
  count: 0,
  seen: new Uint8Array(BLOCK_COUNT_MAX),
  reach(block) {
    reached.seen[block] = 1
    reached.count += 1
  },
}
Object.assign(globalThis, { fuzzReached: reached })
// The code under test asks for `fuzzReached` as soon as it is loaded.
const { targetNamed } = await import('./targets.ts')

const order = workerData as WorkerOrder
run()

function run(): void {
  const target = targetNamed(order.target)
  if (order.session !== null) {
    report('end', 0, 0, replay(target, readSession(order.session)), order.session)
    return
  }
  const log = new SharedLog(order.log)
  const startMs = performance.now()
  let reportedMs = startMs
  let sessionMs = startMs
  let warmMib: number | null = null
  const { executionCount, keptCount, finding } = fuzz(target, {
    seed: order.seed,
    seeds: makeSeeds(order.hasCorpus),
    isOver: (count) => performance.now() - startMs > order.seconds * 1000 || count >= order.executionCountMax,
    reached,
    onInput(input, isFirst) {
      if (isFirst) sessionMs = performance.now()
      log.write(input, isFirst)
    },
    onSession(count, kept) {
      const nowMs = performance.now()
      if (nowMs - sessionMs > SECONDS_MAX * 1000) throwIfSlow(log.session())
      if (nowMs - reportedMs < PROGRESS_EVERY_MS) return
      reportedMs = nowMs
      const mib = residentMib()
      if (nowMs - startMs > WARM_AFTER_MS) warmMib ??= mib
      if (warmMib !== null && mib > warmMib + GROWTH_MIB_MAX) {
        throw new Error(`resident memory grew from ${warmMib} to ${mib} MiB`)
      }
      report('progress', count, kept, null, null)
    },
  })
  report(
    'end',
    executionCount,
    keptCount,
    finding?.message ?? null,
    finding === null ? null : writeSession(finding.inputs),
  )
}

/** A machine with other work may have held it up: only what is slow three times is slow. */
function throwIfSlow(session: Uint8Array): void {
  const inputs = readSession(session)
  let fastestMs = Infinity
  for (let round = 0; round < 3; round++) {
    const startMs = performance.now()
    replay(targetNamed(order.target), inputs)
    fastestMs = Math.min(fastestMs, performance.now() - startMs)
  }
  const limitMs = SECONDS_MAX * 1000 * Math.max(1, inputs.length / 8)
  if (fastestMs > limitMs) throw new Error(`${inputs.length} inputs took ${fastestMs.toFixed(0)} ms`)
}

function residentMib(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20)
}

function report(
  kind: WorkerReport['kind'],
  executionCount: number,
  keptCount: number,
  message: string | null,
  session: Uint8Array | null,
): void {
  const words: WorkerReport = {
    kind,
    executionCount,
    keptCount,
    reachedCount: reached.count,
    residentMib: residentMib(),
    message,
    session,
  }
  parentPort?.postMessage(words)
}

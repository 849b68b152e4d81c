/** Runs the fuzz worker and names every way it can end: done, a broken promise, a crash, a hang, a lack of memory. */

import { Worker } from 'node:worker_threads'
import { SharedLog } from './shared-log.ts'
import type { WorkerOrder, WorkerReport } from './worker.ts'

/** What the worker reported last; its `message` also names an end that it could not report. */
export type Verdict = Pick<WorkerReport, 'executionCount' | 'reachedCount' | 'message' | 'session'>

/** Without a further input for so long, one is hanging. Higher than the slowest input by far, on a busy machine too. */
const HANG_SECONDS = 20
const LOOK_EVERY_MS = 500
const HEAP_MIB_MAX = 1_500

export function supervise(
  workerPath: string,
  order: Omit<WorkerOrder, 'log'>,
  onProgress: (report: WorkerReport) => void = () => undefined,
  hangSeconds = HANG_SECONDS,
): Promise<Verdict> {
  const log = new SharedLog()
  const worker = new Worker(workerPath, {
    workerData: { ...order, log: log.buffer } satisfies WorkerOrder,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  })
  let last: WorkerReport | null = null
  return new Promise((resolve) => {
    let mark = -1
    let stillMs = 0
    const settle = (message: string | null, session: Uint8Array | null): void => {
      clearInterval(look)
      const executionCount = last?.kind === 'end' ? last.executionCount : log.mark
      resolve({ executionCount, reachedCount: last?.reachedCount ?? 0, message, session })
      void worker.terminate()
    }
    const look = setInterval(() => {
      stillMs = log.mark === mark ? stillMs + LOOK_EVERY_MS : 0
      mark = log.mark
      // Before the first input the seeds are made.
      if (mark !== 0 && stillMs > hangSeconds * 1000) settle(`no end within ${hangSeconds} s`, log.session())
    }, LOOK_EVERY_MS)
    worker.on('message', (report: WorkerReport) => {
      last = report
      if (report.kind === 'end') settle(report.message, report.session)
      else onProgress(report)
    })
    worker.on('error', (error) => {
      settle(error.stack ?? error.message, log.session())
    })
    worker.on('exit', (code) => {
      settle(`the worker ended with status ${code}`, log.session())
    })
  })
}

/** Starts the analyzer as a child of plain Node. */

import { fork } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnalyzerChild } from './client.ts'
import type { AnalyzerExit } from './exit.ts'

/** How much of standard error is kept to tell why a process died. */
const STDERR_KEPT_CHARACTERS = 8192

export interface ForkOptions {
  /** The file to run; the real entry when left out. */
  readonly entry?: string
  readonly execArgv?: readonly string[]
}

const realEntry = (): string => fileURLToPath(new URL('./analyzer-entry.ts', import.meta.url))

/** A new analyzer process. It runs in the program's own folder: nothing is ever looked up beside a capture. */
export function forkAnalyzer(options: ForkOptions = {}): AnalyzerChild {
  const entry = options.entry ?? realEntry()
  // Unbundled, as the tests run it, the entry needs a TypeScript loader.
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = fork(entry, [], {
    cwd: dirname(entry),
    execArgv: [...loader, ...(options.execArgv ?? [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    windowsHide: true,
  })

  let stderrTail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-STDERR_KEPT_CHARACTERS)
  })
  // A message to a process that has just died: its exit says what happened.
  child.on('error', () => undefined)

  return {
    pid: child.pid,
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      let isTold = false
      const tell = (exit: AnalyzerExit): void => {
        if (isTold) return
        isTold = true
        listener(exit)
      }
      child.once('error', (error) => {
        if (child.pid === undefined)
          tell({ code: null, signal: null, reason: 'launch-failed', stderrTail: error.message })
      })
      // `close` comes after the last of standard error, which tells a lack of memory from a crash.
      child.once('close', (code, signal) => tell({ code, signal, reason: null, stderrTail }))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

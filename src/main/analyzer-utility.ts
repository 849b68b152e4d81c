/** Starts the analyzer as a utility process and learns from Electron how it ended. */

import { app, utilityProcess } from 'electron'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnalyzerChild } from '../node/analyzer/client.ts'
import type { AnalyzerExit } from '../node/analyzer/exit.ts'

const STDERR_KEPT_CHARACTERS = 8192
/** `child-process-gone` and `exit` come separately; this long the one waits for the other's reason. */
const REASON_PATIENCE_MS = 200

let startedCount = 0

/** A new analyzer process. May be called once the app is ready. */
export function forkUtilityAnalyzer(): AnalyzerChild {
  const entry = fileURLToPath(new URL('./analyzer-process/utility-entry.ts', import.meta.url))
  const serviceName = `nta-analyzer-${++startedCount}`
  const child = utilityProcess.fork(entry, [], {
    serviceName,
    // Nothing is ever looked up beside a capture.
    cwd: dirname(entry).replace(/app\.asar.*$/, ''),
    stdio: ['ignore', 'ignore', 'pipe'],
  })

  let stderrTail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-STDERR_KEPT_CHARACTERS)
  })

  return {
    get pid() {
      return child.pid
    },
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => tellExit(child, serviceName, () => stderrTail, listener),
    kill() {
      // `child.kill` asks politely (SIGTERM), which a process that hangs does not hear.
      if (child.pid !== undefined) killNow(child.pid)
      child.kill()
    },
  }
}

/** Puts together what Electron tells in three places: the exit code, V8's fatal error, the reason of the system. */
function tellExit(
  child: Electron.UtilityProcess,
  serviceName: string,
  stderrTail: () => string,
  listener: (exit: AnalyzerExit) => void,
): void {
  let reason: string | null = null
  let code: number | null = null
  let isTold = false
  const tell = (): void => {
    if (isTold) return
    isTold = true
    app.off('child-process-gone', onGone)
    listener({ code, signal: null, reason, stderrTail: stderrTail() })
  }
  const onGone = (_: Electron.Event, details: Electron.Details): void => {
    if (details.serviceName !== serviceName && details.name !== serviceName) return
    // V8's own report says more than `crashed`.
    reason ??= details.reason
    if (reason === 'FatalError' && details.reason === 'oom') reason = 'oom'
    if (details.reason === 'launch-failed') tell()
  }
  app.on('child-process-gone', onGone)
  child.on('error', (type) => {
    reason = type
  })
  child.on('exit', (exitCode) => {
    code = exitCode
    if (reason === null) setTimeout(tell, REASON_PATIENCE_MS)
    else tell()
  })
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone already.
    return
  }
}

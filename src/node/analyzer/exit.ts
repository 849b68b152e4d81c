/** Names for the ways an analyzer process ends: what happened, what is kept, what to do. */

import { type HostError, type HostErrorKind, failed } from '../../contract/index.ts'

/** What a host knows of an ended process. Node gives code and signal; Electron a reason and V8's own report. */
export interface AnalyzerExit {
  readonly code: number | null
  readonly signal: string | null
  /** Electron's `child-process-gone` reason, or `FatalError` from V8. */
  readonly reason: string | null
  /** The end of what it printed on standard error. */
  readonly stderrTail: string
}

/** Windows status codes: Chromium's own for memory that cannot be had, and STATUS_NO_MEMORY. */
const WINDOWS_OUT_OF_MEMORY = [0xe0000008, 0xc0000017]

const outOfMemoryText = /out of memory|Allocation failed|Zone|FatalProcessOutOfMemory/i

/** Which kind of end it was. */
export function exitKind(exit: AnalyzerExit): HostErrorKind {
  const { code, signal, reason, stderrTail } = exit
  const windowsCode = code === null ? null : code >>> 0
  if (reason === 'oom' || reason === 'memory-eviction') return 'analyzer-out-of-memory'
  if (windowsCode !== null && WINDOWS_OUT_OF_MEMORY.includes(windowsCode)) return 'analyzer-out-of-memory'
  const isAbort = signal === 'SIGABRT' || signal === 'SIGTRAP' || code === 134 || reason === 'FatalError'
  if (isAbort && outOfMemoryText.test(stderrTail)) return 'analyzer-out-of-memory'
  if (reason === 'launch-failed' || reason === 'integrity-failure') return 'analyzer-not-started'
  if (
    signal === 'SIGKILL' ||
    signal === 'SIGTERM' ||
    signal === 'SIGINT' ||
    code === 137 ||
    reason === 'killed'
  ) {
    return 'analyzer-killed'
  }
  return 'analyzer-crashed'
}

/** The error a page shows. `file` names the capture; `kept` says in a few words what is still there, or is empty. */
export function exitError(exit: AnalyzerExit, file: string | null, kept: string): HostError {
  const kind = exitKind(exit)
  const keeps = kept === '' ? '' : ` ${kept}`
  const detail = exitDetail(exit)
  return failed(kind, `${sentences[kind] ?? crashed}${detail}.${keeps}`, {
    file,
    advice: advices[kind] ?? crashedAdvice,
  }).error
}

const crashed = 'The analyzer process crashed'
const crashedAdvice = 'Try again; if it happens again please report it with the log file.'

const sentences: Partial<Record<HostErrorKind, string>> = {
  'analyzer-out-of-memory': 'The analyzer process ran out of memory',
  'analyzer-killed':
    'The analyzer process was ended from outside, often by the system when memory runs short',
  'analyzer-not-started': 'The analyzer process could not be started',
}

const advices: Partial<Record<HostErrorKind, string>> = {
  'analyzer-out-of-memory':
    'Close other programs, or cut the capture into parts (editcap -c) and open those.',
  'analyzer-killed': 'Close other programs and try again.',
  'analyzer-not-started': 'Install the program again.',
}

function exitDetail({ code, signal, reason }: AnalyzerExit): string {
  if (signal !== null) return ` (${signal})`
  if (reason !== null && reason !== 'crashed') return ` (${reason})`
  return code === null ? '' : ` (exit code ${code})`
}

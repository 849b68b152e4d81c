/**
 * Runs a command and all that it starts within bounds of time and memory, so that a measurement can neither hang nor take the
 * memory that the rest of the machine needs. Nothing outlives it, also when the benchmark itself is interrupted.
 */

import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { totalmem } from 'node:os'

export interface Bounds {
  readonly timeoutSeconds: number
  /** Resident size of all processes together; watched on Linux alone. */
  readonly memoryMibMax: number
}

/** A quarter of the machine: some programs take forty times a capture's size on the small packets. */
export const USUAL_BOUNDS: Bounds = { timeoutSeconds: 300, memoryMibMax: totalmem() / 2 ** 20 / 4 }

export interface Outcome {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null
  /** Why it was stopped; null when it ended by itself. */
  readonly stopped: 'timeout' | 'memory' | null
  readonly wallSeconds: number
  readonly errorText: string
}

const LOOK_EVERY_MS = 250
const PAGE_BYTES = 4096
const hasGroups = process.platform !== 'win32'

export async function runGuarded(command: readonly string[], bounds: Bounds): Promise<Outcome> {
  const [program = '', ...args] = command
  const started = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: hasGroups })
  let errorText = ''
  child.stderr.on('data', (chunk: Buffer) => (errorText = (errorText + chunk.toString('utf8')).slice(-2000)))

  let stopped: Outcome['stopped'] = null
  const stop = (reason: 'timeout' | 'memory'): void => {
    stopped ??= reason
    endGroup(child)
  }
  const timeout = setTimeout(() => stop('timeout'), bounds.timeoutSeconds * 1000)
  const watch = setInterval(() => {
    if (child.pid !== undefined && groupMib(child.pid) > bounds.memoryMibMax) stop('memory')
  }, LOOK_EVERY_MS)
  const interrupted = (): void => {
    endGroup(child)
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    return { exitCode, stopped, wallSeconds: (performance.now() - started) / 1000, errorText }
  } finally {
    clearTimeout(timeout)
    clearInterval(watch)
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (hasGroups) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It ended between the look and the signal.
  }
}

/** Resident memory of the process group that `leader` leads; 0 where there is no /proc. */
function groupMib(leader: number): number {
  if (process.platform !== 'linux') return 0
  let pages = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      // Fields after the name in brackets, which may hold anything: state, parent, group, ... and resident pages as the 22nd.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      if (Number(fields[2]) === leader) pages += Number(fields[21])
    } catch {
      // The process ended between the listing and the look.
    }
  }
  return (pages * PAGE_BYTES) / 2 ** 20
}

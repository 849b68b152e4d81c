/** A command within bounds ends by itself; one that leaves them is ended, with all that it started. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runGuarded } from './guarded-process.ts'
import { measure } from './measure.ts'

const AMPLE = { timeoutSeconds: 60, memoryMibMax: 4096 }
const hasShell = process.platform !== 'win32'

describe('runGuarded', () => {
  it('tells how a command ended and what it complained of', async () => {
    const outcome = await runGuarded(
      [process.execPath, '-e', 'console.error("no such file"); process.exit(3)'],
      AMPLE,
    )
    expect(outcome).toMatchObject({ exitCode: 3, stopped: null, errorText: 'no such file\n' })
  })

  it('refuses a program that is not there', async () => {
    await expect(runGuarded(['no-such-program'], AMPLE)).rejects.toThrow('ENOENT')
  })

  it.skipIf(!hasShell)('ends a whole pipeline at its timeout', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guarded-'))
    const pids = join(folder, 'pids')
    const script =
      'sh -c \'echo $$ >> "$0"; exec sleep 600\' "$1" | sh -c \'echo $$ >> "$0"; exec sleep 600\' "$1"'
    const outcome = await runGuarded(['sh', '-c', script, 'sh', pids], { ...AMPLE, timeoutSeconds: 1 })
    expect(outcome).toMatchObject({ exitCode: null, stopped: 'timeout' })
    const started = readFileSync(pids, 'utf8').trim().split('\n')
    expect(started).toHaveLength(2)
    expect(started.filter(isRunning)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  it.skipIf(process.platform !== 'linux')(
    'ends a command that takes more memory than its bound',
    async () => {
      const greedy = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 1)'
      const outcome = await runGuarded([process.execPath, '-e', greedy], { ...AMPLE, memoryMibMax: 256 })
      expect(outcome.stopped).toBe('memory')
    },
  )
})

describe('measure', () => {
  it.skipIf(!existsSync('/usr/bin/time'))('knows the memory and processor time of a command', async () => {
    const busy = 'const kept = Buffer.alloc(2 ** 27, 1); for (let i = 0; i < 3e8; i++) kept[i & 1023] = i'
    const run = await measure([process.execPath, '-e', busy])
    expect(run).toMatchObject({ exitCode: 0, failure: null })
    expect(run.peakMib).toBeGreaterThan(128)
    expect(run.peakMib).toBeLessThan(512)
    expect(run.cpuSeconds).toBeGreaterThan(0)
  })
})

/** A zombie, not yet collected, is not running. */
function isRunning(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withBuildLock } from './build-lock.ts'

let folder: string
let lock: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-lock-'))
  lock = join(folder, 'lock')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('never lets two work at once', async () => {
  let workingCount = 0
  let mostAtOnce = 0
  const work = async () => {
    workingCount++
    mostAtOnce = Math.max(mostAtOnce, workingCount)
    await new Promise(setImmediate)
    workingCount--
  }
  await Promise.all([withBuildLock(lock, work), withBuildLock(lock, work), withBuildLock(lock, work)])
  expect(mostAtOnce).toBe(1)
})

it('is released when the work fails', async () => {
  await expect(withBuildLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withBuildLock(lock, () => Promise.resolve('done'))).toBe('done')
})

it('is taken over from an owner that died', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(lock, String(pid))
  expect(await withBuildLock(lock, () => Promise.resolve('done'))).toBe('done')
})

/** A save that is killed at any moment leaves the old file or the new one, and the next save removes what it left. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveFile } from '../../src/node/saving/save-file.ts'
import { seededRandom } from '../traffic/random.ts'

const LENGTH = (3 << 20) + 17
/** More calls than one save makes; reached only when a save never ends. */
const CALL_COUNT_MAX = 60
/** `NTA_SAVE_KILLS` sets how many. */
const RANDOM_KILL_COUNT = Number(process.env['NTA_SAVE_KILLS'] ?? 15)

let folder = ''
let target = ''
let child = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nta-save-kill-'))
  target = join(folder, 'report.html')
  const built = await mkdtemp(join(tmpdir(), 'nta-save-child-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'test/report/save-child.ts', outDir: built, target: 'node20', minify: false },
  })
  const files = await readdir(built)
  child = join(
    built,
    files.find((name) => name.startsWith('save-child'))!,
  )
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(join(child, '..'), { recursive: true, force: true })
})

/** The letter the file consists of; fails when it has another length or a second letter. */
async function letterOf(): Promise<string> {
  const bytes = await readFile(target)
  expect(bytes.length).toBe(LENGTH)
  const [first] = bytes
  expect(bytes.every((byte) => byte === first)).toBe(true)
  return String.fromCharCode(first!)
}

async function leftovers(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== 'report.html')
}

describe('a save killed', () => {
  it('before or in the middle of each thing it asks of the system tears no file', async () => {
    await writeFile(target, 'a'.repeat(LENGTH))
    const outcomes: string[] = []
    let leftoverCountMax = 0
    for (let call = 1; call <= CALL_COUNT_MAX; call++) {
      const process = spawn(globalThis.process.execPath, [child, target, String(call)], { stdio: 'ignore' })
      const [code, signal] = (await once(process, 'exit')) as [number | null, string | null]
      outcomes.push(await letterOf())
      leftoverCountMax = Math.max(leftoverCountMax, (await leftovers()).length)
      if (code !== null) {
        expect(code).toBe(0)
        break
      }
      expect(signal).toBe('SIGKILL')
      // Back to the old file, so that every death meets it.
      await writeFile(target, 'a'.repeat(LENGTH))
    }
    // Old until the rename, new after it: died before, died after, and lived.
    expect(outcomes.join('')).toMatch(/^a{8,}b{2,}$/)
    expect(leftoverCountMax).toBeGreaterThan(0)
    expect(await leftovers()).toEqual([])
  })

  it(
    `at ${RANDOM_KILL_COUNT} random moments tears no file`,
    { timeout: 60_000 + RANDOM_KILL_COUNT * 2_000 },
    async () => {
      const random = seededRandom(2026)
      await writeFile(target, 'a'.repeat(LENGTH))
      for (let kill = 0; kill < RANDOM_KILL_COUNT; kill++) {
        const process = spawn(globalThis.process.execPath, [child, target, 'loop'], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        await once(process.stdout, 'data')
        setTimeout(() => process.kill('SIGKILL'), random.between(0, 80))
        await once(process, 'exit')
        await letterOf()
      }
      expect((await saveFile(target, 'x')).ok).toBe(true)
      expect(await leftovers()).toEqual([])
    },
  )
})

/** Starts the built `nta serve` for one test, with a data folder of its own, and ends it with everything it started. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { servedUrl } from './served-url.ts'

export interface Served {
  readonly url: string
  /** Process ids of the analyzers it has started and that still run. */
  analyzers(): number[]
}

export interface Workplace {
  /** A folder for captures and saved files, removed afterwards. */
  readonly folder: string
  /** Serves captures and folders given as on the command line. */
  serve(...paths: string[]): Promise<Served>
}

/** Children of a process, from Linux's /proc; empty elsewhere. */
function childrenOf(pid: number): number[] {
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const parent = /^PPid:\s*(\d+)$/m.exec(read(`/proc/${name}/status`))?.[1]
    return Number(parent) === pid ? [Number(name)] : []
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else {
      child.once('exit', () => resolve())
      child.kill()
    }
  })
}

export const test = base.extend<{ workplace: Workplace }>({
  // Playwright reads the fixtures a function wants from this pattern, even when it wants none.
  // eslint-disable-next-line no-empty-pattern
  workplace: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'nta-e2e-'))
    const children: ChildProcess[] = []
    await use({
      folder,
      async serve(...paths) {
        const child = spawn(process.execPath, ['out/cli/nta.mjs', 'serve', '--no-open', ...paths], {
          env: { ...process.env, NTA_DATA_FOLDER: join(folder, 'data') },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        children.push(child)
        const url = await servedUrl(child)
        return { url, analyzers: () => childrenOf(child.pid ?? -1) }
      },
    })
    // What is written on the way out must be written before the folder goes.
    await Promise.all(children.map(ended))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

export { expect } from '@playwright/test'

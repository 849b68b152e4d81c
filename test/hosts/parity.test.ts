/** One capture through the desktop window, the browser twin and the command line: one and the same summary. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Host, Outcome } from '../../src/contract/index.ts'
import { SHARED } from '../captures/shared-captures.ts'
import { startDesktop } from './desktop-program.ts'
import { runWebHost } from './running-web-host.ts'

vi.mock('electron', () => import('./electron-stand-in.ts'))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function must<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if (!settled.ok) throw new Error(JSON.stringify(settled.error))
  return settled.value
}

async function analysed(host: Host): Promise<string> {
  await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
  const { analysisId } = (await must(host.call('hello', {}))).opened!
  await must(host.call('analyze', { analysisId }))
  return analysisId
}

async function throughWindow(capture: string): Promise<string> {
  const program = await startDesktop([capture])
  try {
    const host = await program.page()
    const analysisId = await analysed(host)
    const path = join(folder, 'window.json')
    program.electron.electronState.dialogs.savePath = path
    await must(host.call('save', { kind: 'json', analysisId }))
    return readFileSync(path, 'utf8')
  } finally {
    program.stop()
  }
}

async function throughBrowser(capture: string): Promise<string> {
  const web = await runWebHost({ captures: [capture], folders: [dirname(capture)] })
  try {
    const analysisId = await analysed(web.host())
    const saved = await must(web.host().call('save', { kind: 'json', analysisId }))
    if (saved.kind !== 'download') throw new Error(saved.kind)
    return await (await fetch(`${web.origin}${saved.url}`)).text()
  } finally {
    web.stop()
  }
}

function throughCommandLine(capture: string): string {
  const args = ['--import', 'tsx', 'src/cli/index.ts', 'analyze', capture, '--json', '-']
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (stdout === '') throw new Error(stderr)
  return stdout
}

const shared = `${SHARED}/files`
const others = existsSync(shared)
  ? readdirSync(shared, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(pcap|pcapng|cap)$/.test(name))
      .sort()
      .filter((_, place) => place % 500 === 0)
      .map((name) => join(shared, name))
  : []
const captures = [
  ...readdirSync('samples')
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => join('samples', name)),
  ...others,
]

describe(`the summary of a capture${others.length === 0 ? ' (${SHARED} is absent: samples only)' : ''}`, () => {
  it.each(captures.map((path) => [basename(path), resolve(path)]))(
    'is the same wherever it is opened: %s',
    async (_, capture) => {
      const expected = throughCommandLine(capture)
      expect(await throughBrowser(capture)).toBe(expected)
      expect(await throughWindow(capture)).toBe(expected)
    },
  )
})

/**
 * What the program asks of the network, as the system sees it (strace, socket(7)): nothing, but for the browser's host, which
 * listens on this machine's own address alone. Skipped where there is no strace.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NTA } from '../cli/nta.ts'
import { makeCaptureFolder } from './small-capture.ts'

/** A system that forbids tracing has no use for an installed strace either. */
const hasStrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0

let captures: ReturnType<typeof makeCaptureFolder>
let folder: string

beforeAll(() => {
  captures = makeCaptureFolder()
  folder = mkdtempSync(join(tmpdir(), 'network-'))
  mkdirSync(join(folder, 'data'))
})
afterAll(() => {
  captures.remove()
  rmSync(folder, { recursive: true, force: true })
})

interface Traced {
  readonly child: ChildProcess
  /** Calls about Internet addresses, one a line, once the trace has come to the end of the process. */
  internetCalls(): Promise<string[]>
}

function traced(name: string, command: readonly string[]): Traced {
  const log = join(folder, `${name}.trace`)
  // Traced from aside (-D), so that a signal reaches the program and not its tracer.
  const child = spawn('strace', ['-D', '-f', '-q', '-e', 'trace=network', '-o', log, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NTA_DATA_FOLDER: join(folder, 'data'), XDG_CONFIG_HOME: folder },
  })
  return {
    child,
    async internetCalls() {
      for (;;) {
        const lines = (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\n')
        // The tracer is a process of its own, and may be behind.
        if (lines.some((line) => isEndOf(child.pid, line))) {
          return lines.filter((line) => line.includes('AF_INET'))
        }
        await new Promise((look) => setTimeout(look, 20))
      }
    },
  }
}

/** `1234  +++ exited with 0 +++`: numbers of fewer than five digits are padded. */
function isEndOf(pid: number | undefined, line: string): boolean {
  const [first, mark] = line.split(/\s+/)
  return first === String(pid) && mark === '+++'
}

/** Waits for the end of the process; its standard output. */
async function outputOf({ child }: Traced): Promise<string> {
  let output = ''
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr!.resume()
  await once(child, 'close')
  return output
}

describe.skipIf(!hasStrace)('on the network (skipped where there is no strace)', () => {
  it('the trace shows a connection where there is one', async () => {
    const connecting = 'require("net").connect(9, "127.0.0.1").on("error", () => 0)'
    const control = traced('control', [process.execPath, '-e', connecting])
    await outputOf(control)
    expect((await control.internetCalls()).join('\n')).toMatch(/connect\(.*AF_INET/)
  })

  it('nta asks for nothing while it analyses and writes every output', async () => {
    const outputs = ['--json', '-', '--html', join(folder, 'r.html'), '--csv', join(folder, 'tables')]
    const run = traced('analyze', [process.execPath, NTA, 'analyze', captures.capture, ...outputs])
    expect(JSON.parse(await outputOf(run))).toMatchObject({ schema: 'nta.summary/1' })
    expect(await run.internetCalls()).toEqual([])
  })

  it.skipIf(!existsSync('out/main/index.mjs'))(
    'the desktop program neither listens nor connects while it analyses (skipped where it is not built)',
    async () => {
      const program = ['--import', 'tsx', 'test/hosts/run-built-desktop.ts', captures.capture]
      const run = traced('desktop', [process.execPath, ...program])
      expect(JSON.parse(await outputOf(run))).toMatchObject({ ok: true })
      expect(await run.internetCalls()).toEqual([])
    },
  )

  it.skipIf(!existsSync('out/web'))(
    'the browser’s host listens on the loopback address alone and connects to nobody (skipped where the page is not built)',
    async () => {
      const serving = traced('serve', [
        process.execPath,
        NTA,
        'serve',
        captures.folder,
        '--no-open',
        '--port',
        '0',
      ])
      serving.child.stderr!.resume()
      const [line] = (await once(serving.child.stdout!, 'data')) as [Buffer]
      const address = /http:\/\/\S+/.exec(line.toString('utf8'))![0]
      expect((await fetch(new URL('/', address))).status).toBe(200)
      serving.child.kill('SIGINT')
      await once(serving.child, 'close')
      const calls = await serving.internetCalls()
      expect(calls.filter((call) => /\d+ connect\(/.test(call))).toEqual([])
      const bound = calls.filter((call) => / bind\(/.test(call))
      expect(bound.length).toBeGreaterThan(0)
      for (const call of bound) expect(call).toMatch(/inet_addr\("127\.0\.0\.1"\)|"::1"/)
    },
  )
})

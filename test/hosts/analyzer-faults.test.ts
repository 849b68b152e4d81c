/**
 * Real analyzer processes that crash, hang, run out of memory or are killed: each end is named, what was found is
 * kept, and the next run gets a fresh process.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyFilter } from '../../src/contract/index.ts'
import { CrashBreaker } from '../../src/node/analyzer/breaker.ts'
import {
  type AnalyzerChild,
  AnalyzerClient,
  type AnalyzerClientOptions,
} from '../../src/node/analyzer/client.ts'
import { forkAnalyzer } from '../../src/node/analyzer/fork.ts'
import { HANG_SECONDS } from '../../src/node/analyzer/watchdog.ts'
import { isStoppedBySystem } from '../../src/node/analyzer/stopped.ts'

const entry = fileURLToPath(new URL('./faulty-analyzer.ts', import.meta.url))

let folder: string
let client: AnalyzerClient
let children: AnalyzerChild[]

function makeClient(speed = 1, parts: Partial<AnalyzerClientOptions> = {}): AnalyzerClient {
  return new AnalyzerClient({
    spawn() {
      const child = forkAnalyzer({ entry, execArgv: ['--max-old-space-size=60'] })
      children.push(child)
      return child
    },
    now: () => performance.now() * speed,
    isStopped: isStoppedBySystem,
    log: () => undefined,
    breaker: new CrashBreaker(() => performance.now()),
    ...parts,
  })
}

const order = (fault: string) => ({
  paths: [`/nowhere/${fault}`],
  thresholds: {},
  allowList: [],
  snapshotPath: join(folder, 'snapshot.json'),
})

const someRows = {
  analysisId: 'a',
  view: { table: 'files' as const, filter: emptyFilter, columns: [], sort: null },
  offset: 0,
  limit: 10,
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'analyzer-'))
  children = []
  client = makeClient()
})

afterEach(() => {
  client.close()
  for (const child of children) child.kill()
  rmSync(folder, { recursive: true, force: true })
})

describe('an analyzer process', () => {
  it.each([
    ['crash', 'analyzer-crashed'],
    ['exit', 'analyzer-crashed'],
    ['kill-itself', 'analyzer-killed'],
    ['run-out-of-memory', 'analyzer-out-of-memory'],
  ])('that ends by %s is named %s, and its partial result is kept and labelled', async (fault, kind) => {
    const outcome = await client.analyze(order(fault), 'a.pcap')
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        coverage: { isComplete: false, reason: 'interrupted', packetCount: 12, bytesRead: 710 },
        interruption: { kind, file: 'a.pcap', message: expect.stringContaining('12 packets (71 %)') },
      },
    })
  })

  it('that throws is not gone: the mistake is named, and it still answers', async () => {
    const outcome = await client.analyze(order('throw'), 'a.pcap')
    expect(outcome).toMatchObject({ ok: true, value: { interruption: { kind: 'internal' } } })
    expect(await client.call('rows', someRows)).toMatchObject({ ok: true, value: { table: 'files' } })
    expect(children).toHaveLength(1)
  })

  it('leaves rows to page through: a fresh process answers from the last partial result', async () => {
    await client.analyze(order('crash'), 'a.pcap')
    expect(client.isRunning).toBe(false)
    const rows = await client.call('rows', someRows)
    expect(rows).toMatchObject({ ok: true, value: { totalCount: 1, rows: [{ name: 'empty.pcap' }] } })
    expect(children).toHaveLength(2)
  })

  it('that crashed makes room for a run that succeeds', async () => {
    await client.analyze(order('crash'), 'a.pcap')
    const outcome = await client.analyze(order('none'), 'a.pcap')
    expect(outcome).toMatchObject({ ok: true, value: { coverage: { isComplete: true }, interruption: null } })
  })

  it('that crashes three times within five minutes is not started a fourth time, until the minutes are over', async () => {
    let nowMs = 0
    client = makeClient(1, { breaker: new CrashBreaker(() => nowMs) })
    for (let crash = 0; crash < 3; crash++) await client.analyze(order('crash'), 'a.pcap')
    expect(await client.analyze(order('none'), 'a.pcap')).toMatchObject({
      ok: false,
      error: { kind: 'analyzer-gave-up', advice: expect.stringContaining('5 minutes') },
    })
    expect(children).toHaveLength(3)
    nowMs = 5 * 60_000
    expect(await client.analyze(order('none'), 'a.pcap')).toMatchObject({ ok: true })
  })
})

describe('a hanging analyzer process', () => {
  // A fast clock shortens the ten seconds: the host only ever asks its clock, and counts half a second a look at most.
  it.each(['block-for-ever', 'wait-for-ever'])('is ended and named when it does %s', async (fault) => {
    client = makeClient(20)
    const outcome = await client.analyze(order(fault), 'a.pcap')
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        interruption: { kind: 'analyzer-hang', message: expect.stringContaining(`${HANG_SECONDS} seconds`) },
      },
    })
    expect(client.isRunning).toBe(false)
  })

  it.runIf(process.platform === 'linux')('is not taken for one while the system has it stopped', async () => {
    // Forty looks of the fast clock are twenty seconds, had they counted.
    let stoppedLooks = 0
    let seenLongEnough = (): void => undefined
    const longEnough = new Promise<void>((resolve) => (seenLongEnough = resolve))
    client = makeClient(20, {
      isStopped(pid) {
        const isStopped = isStoppedBySystem(pid)
        if (isStopped && ++stoppedLooks === 40) seenLongEnough()
        return isStopped
      },
    })
    let isStopped = false
    const outcome = client.analyze(order('wait-for-ever'), 'a.pcap', {
      onEvent: () => {
        if (isStopped) return
        isStopped = true
        process.kill(children[0]!.pid!, 'SIGSTOP')
      },
    })
    await Promise.race([longEnough, outcome])
    expect(client.isRunning).toBe(true)
    process.kill(children[0]!.pid!, 'SIGCONT')
    expect(await outcome).toMatchObject({ ok: true, value: { interruption: { kind: 'analyzer-hang' } } })
  })
})

describe('a cancelled run', () => {
  it('that does not stop loses its process, and the host stays', async () => {
    const abort = new AbortController()
    const outcome = client.analyze(order('block-for-ever'), 'a.pcap', {
      signal: abort.signal,
      onEvent: () => abort.abort(),
    })
    expect(await outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(client.isRunning).toBe(false)
    expect(await client.call('rows', someRows)).toMatchObject({ ok: true })
  })
})

describe('a complete result', () => {
  const question = (rule: string) => ({
    analysisId: 'a',
    thresholds: {},
    curve: { rule, threshold: 'x', values: [1] },
  })

  it('outlives a question that is slow to be withdrawn', async () => {
    await client.analyze(order('none'), 'a.pcap')
    const abort = new AbortController()
    const asked = client.call('whatIf', question('slow'), { signal: abort.signal })
    abort.abort()
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(client.isRunning).toBe(true)
    expect(children).toHaveLength(1)
    expect(await client.call('rows', someRows)).toMatchObject({ ok: true, value: { totalCount: 2 } })
  })

  it('is read again when its process ends, and all questions wait for that', async () => {
    await client.analyze(order('none'), 'a.pcap')
    const asked = await client.call('whatIf', question('crash'))
    expect(asked).toMatchObject({ ok: false, error: { kind: 'analyzer-crashed' } })
    const answers = await Promise.all([client.call('rows', someRows), client.call('rows', someRows)])
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { totalCount: 2 } })
    expect(children).toHaveLength(2)
  })

  it('is not read again for a page that asks the same, and is for one that asks otherwise', async () => {
    const path = join(folder, 'capture.pcap')
    writeFileSync(path, 'one')
    const same = { ...order('none'), paths: [path] }
    const first = await client.analyze(same, 'capture.pcap')
    expect(await client.analyze(same, 'capture.pcap')).toEqual(first)
    expect(children).toHaveLength(1)
    await client.analyze({ ...same, thresholds: { 'vertical-scan': { failedPorts: 7 } } }, 'capture.pcap')
    expect(children).toHaveLength(2)
    writeFileSync(path, 'another')
    await client.analyze({ ...same, thresholds: { 'vertical-scan': { failedPorts: 7 } } }, 'capture.pcap')
    expect(children).toHaveLength(3)
  })
})

describe('a closed client', () => {
  it('ends its process and answers nothing more', async () => {
    await client.analyze(order('none'), 'a.pcap')
    const gone = new Promise((resolve) => children[0]!.onExit(resolve))
    client.close()
    await gone
    expect(await client.call('rows', someRows)).toMatchObject({
      ok: false,
      error: { kind: 'unknown-analysis' },
    })
  })
})

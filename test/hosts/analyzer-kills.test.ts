/**
 * The real analyzer process, ended at random points of a real analysis: each end has its name, what was found until then is kept
 * and said to be a part, the next run succeeds, and no process stays behind. One of each kind with every run;
 * `NTA_KILLS=25` sets how many.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnalysisEnd, AnalyzeEvent, Outcome } from '../../src/contract/index.ts'
import { CrashBreaker } from '../../src/node/analyzer/breaker.ts'
import { type AnalyzerChild, AnalyzerClient } from '../../src/node/analyzer/client.ts'
import { forkAnalyzer } from '../../src/node/analyzer/fork.ts'
import type { AnalyzeOrder } from '../../src/node/analyzer/messages.ts'
import { isStoppedBySystem } from '../../src/node/analyzer/stopped.ts'
import { pcap, portScan, range, seededRandom, tcpConversation, type Frame } from '../traffic/index.ts'
import { type RunningWebHost, runWebHost } from './running-web-host.ts'

const COUNT = Number(process.env['NTA_KILLS'] ?? 1)
const ENTRY = resolve('out/cli/analyzer-entry.mjs')
/** A process that is over when it is to be held cannot be: some rounds more. */
const HOLD_COUNT = Math.max(3, COUNT)
/** Long enough for several messages on the way. */
const CONVERSATION_COUNT = 12_000

let folder: string
let capture: string
const children: AnalyzerChild[] = []

const spawn =
  (execArgv: readonly string[] = []) =>
  (): AnalyzerChild => {
    const child = forkAnalyzer({ entry: ENTRY, execArgv })
    children.push(child)
    return child
  }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'))
  capture = join(folder, 'busy.pcap')
  const scan = portScan({ scanner: '10.9.9.9', target: '10.0.0.2', ports: range(1, 60), openPorts: [22] })
  const frames: Frame[] = [...scan]
  for (let i = 0; i < CONVERSATION_COUNT; i++) {
    const ends = { originator: `10.1.${i >> 8}.${i & 255}`, responder: '10.0.0.2', responderPort: 80 }
    frames.push(...tcpConversation(ends).handshake().close().frames)
  }
  writeFileSync(capture, pcap(frames))
})
afterAll(() => {
  for (const child of children) child.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** One way to reach an analyzer process: what both windows use. */
interface Way {
  analyze(onEvent: (event: AnalyzeEvent) => void, signal?: AbortSignal): Promise<Outcome<AnalysisEnd>>
  stop(): void
}

/** Ten minutes pass between two looks, so that no run counts towards the breaker of another. */
function forgetfulBreaker(): CrashBreaker {
  let nowMs = 0
  return new CrashBreaker(() => (nowMs += 600_000))
}

function clientOf(spawnChild: () => AnalyzerChild): AnalyzerClient {
  return new AnalyzerClient({
    spawn: spawnChild,
    now: () => performance.now(),
    isStopped: isStoppedBySystem,
    log: () => undefined,
    breaker: forgetfulBreaker(),
  })
}

/** To analyse the busy capture under the usual rules. */
function busyOrder(): AnalyzeOrder {
  return {
    paths: [capture],
    thresholds: {},
    allowList: [],
    snapshotPath: join(folder, 'snapshot.json'),
  }
}

function desktopWay(): Promise<Way> {
  const client = clientOf(spawn())
  return Promise.resolve({
    analyze: (onEvent, signal) =>
      client.analyze(busyOrder(), 'busy.pcap', { onEvent, ...(signal === undefined ? {} : { signal }) }),
    stop: () => client.close(),
  })
}

async function browserWay(): Promise<Way> {
  const web: RunningWebHost = await runWebHost({ captures: [capture], spawn: spawn() })
  const open = async () => {
    const host = web.host()
    const hello = await host.call('hello', {})
    if (!hello.ok || hello.value.opened === null) throw new Error('the host opened nothing')
    return { host, analysisId: hello.value.opened.analysisId }
  }
  const { host, analysisId } = await open()
  return {
    analyze: (onEvent, signal) =>
      host.call('analyze', { analysisId }, { onEvent, ...(signal === undefined ? {} : { signal }) }),
    stop: () => web.stop(),
  }
}

/** Stops processes, and counts how often and how soon the page was told of it. */
function holdsOf(roundCount: number) {
  let toldCount = 0
  let slowestMs = 0
  return {
    /** An analysis’ listener that stops its process at event number `eventNumber`, and calls `onTold` when told so. */
    at(eventNumber: number, onTold: (pid: number) => void): (event: AnalyzeEvent) => void {
      let eventCount = 0
      let pid = 0
      let stoppedMs = 0
      return (event) => {
        if (event.kind === 'standstill') {
          if (event.standstill !== 'held') return
          toldCount += 1
          slowestMs = Math.max(slowestMs, performance.now() - stoppedMs)
          onTold(pid)
          return
        }
        eventCount += 1
        if (eventCount !== eventNumber) return
        pid = children.at(-1)!.pid!
        stoppedMs = performance.now()
        process.kill(pid, 'SIGSTOP')
      }
    },
    /** An analysis may be over when its event arrives, but not every time. */
    check(): void {
      expect(toldCount).toBeGreaterThan(0)
      if (COUNT > 10)
        console.log(
          `SIGSTOP: told ${toldCount} times in ${roundCount} rounds, the slowest after ${slowestMs.toFixed(0)} ms`,
        )
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const SIGNALS = [
  ['SIGKILL', 'analyzer-killed'],
  ['SIGSEGV', 'analyzer-crashed'],
] as const

describe.skipIf(!existsSync(ENTRY) || process.platform === 'win32').each([
  ['the desktop’s client', desktopWay],
  ['the browser’s host', browserWay],
] as const)('%s (skipped where the analyzer is not built)', (_, makeWay) => {
  const random = seededRandom(11)

  it.each(SIGNALS)(
    'names the end by %s, keeps what was found, and runs again',
    { timeout: 60_000 + COUNT * 20_000 },
    async (signal, kind) => {
      let keptCount = 0
      let slowestMs = 0
      for (let round = 0; round < COUNT; round++) {
        const way = await makeWay()
        const fatalEvent = random.between(1, 6)
        let eventCount = 0
        let killedPid = 0
        let killedMs = 0
        let hadPartial = false
        const outcome = await way.analyze((event) => {
          eventCount += 1
          if (killedPid === 0 && event.kind === 'partial') hadPartial = true
          if (eventCount !== fatalEvent) return
          killedPid = children.at(-1)!.pid!
          killedMs = performance.now()
          process.kill(killedPid, signal)
        })
        if (killedPid !== 0) slowestMs = Math.max(slowestMs, performance.now() - killedMs)
        if (killedPid === 0) {
          // It was over before: nothing to tell of.
          expect(outcome).toMatchObject({ ok: true, value: { coverage: { isComplete: true } } })
        } else if (outcome.ok) {
          if (outcome.value.interruption !== null) {
            expect(outcome.value).toMatchObject({ coverage: { isComplete: false }, interruption: { kind } })
            keptCount += 1
          }
          expect(isAlive(killedPid)).toBe(false)
        } else {
          expect(hadPartial).toBe(false)
          expect(outcome.error.kind).toBe(kind)
          expect(isAlive(killedPid)).toBe(false)
        }
        const again = await way.analyze(() => undefined)
        expect(again).toMatchObject({
          ok: true,
          value: { coverage: { isComplete: true }, interruption: null },
        })
        way.stop()
      }
      if (COUNT > 10)
        console.log(
          `${signal}: ${COUNT} rounds, ${keptCount} with a partial result, the slowest named after ${slowestMs.toFixed(0)} ms`,
        )
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'says that SIGSTOP holds the process, and takes its result once it goes on',
    { timeout: 60_000 + HOLD_COUNT * 20_000 },
    async () => {
      const held = holdsOf(HOLD_COUNT)
      for (let round = 0; round < HOLD_COUNT; round++) {
        const way = await makeWay()
        const outcome = await way.analyze(
          held.at(random.between(1, 4), (pid) => process.kill(pid, 'SIGCONT')),
        )
        expect(outcome).toMatchObject({
          ok: true,
          value: { coverage: { isComplete: true }, interruption: null },
        })
        way.stop()
      }
      held.check()
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'ends a process that SIGSTOP holds when it is cancelled, and runs again',
    { timeout: 60_000 + HOLD_COUNT * 20_000 },
    async () => {
      const held = holdsOf(HOLD_COUNT)
      for (let round = 0; round < HOLD_COUNT; round++) {
        const way = await makeWay()
        const giveUp = new AbortController()
        let heldPid = 0
        const onEvent = held.at(random.between(1, 4), (pid) => {
          heldPid = pid
          giveUp.abort()
        })
        const outcome = await way.analyze(onEvent, giveUp.signal)
        if (heldPid !== 0) {
          expect(outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
          await expect.poll(() => isAlive(heldPid), { timeout: 20_000 }).toBe(false)
        }
        expect(await way.analyze(() => undefined)).toMatchObject({
          ok: true,
          value: { coverage: { isComplete: true }, interruption: null },
        })
        way.stop()
      }
      held.check()
    },
  )
})

describe.skipIf(!existsSync(ENTRY))(
  'an analyzer process with too small a heap (skipped where it is not built)',
  () => {
    it(
      'is named by its lack of memory, and a run with enough succeeds',
      { timeout: 60_000 + COUNT * 20_000 },
      async () => {
        const random = seededRandom(12)
        let outOfMemoryCount = 0
        for (let round = 0; round < COUNT; round++) {
          let heapMib: string | null = String(random.between(4, 7))
          const client = clientOf(() => spawn(heapMib === null ? [] : [`--max-old-space-size=${heapMib}`])())
          const outcome = await client.analyze(busyOrder(), 'busy.pcap')
          const error = outcome.ok ? outcome.value.interruption : outcome.error
          if (error !== null) {
            expect(error.kind).toBe('analyzer-out-of-memory')
            outOfMemoryCount += 1
          }
          heapMib = null
          expect(await client.analyze(busyOrder(), 'busy.pcap')).toMatchObject({
            ok: true,
            value: { interruption: null },
          })
          client.close()
        }
        expect(outOfMemoryCount).toBeGreaterThan(0)
        if (COUNT > 10) console.log(`heap: ${COUNT} rounds, ${outOfMemoryCount} out of memory`)
      },
    )
  },
)

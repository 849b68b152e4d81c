import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSharedCaptures, sampleOf, sharedCaptures } from '../../../test/captures/shared-captures.ts'
import {
  at,
  ethernet,
  ipv4,
  pcap,
  range,
  tcp,
  text,
  udpExchange,
  type Frame,
} from '../../../test/traffic/index.ts'
import { FRAME_BATCH_MAX } from '../../engine/capture/frame-batch.ts'
import { Analysis, OpenReader } from '../../engine/index.ts'
import { ParallelCounting, type ParallelTuning } from './counting.ts'
import { runAnalysis, type RunOptions } from '../run-analysis.ts'

/** Node 20 starts no thread from TypeScript, so the built one runs; `npm test` builds before its tests. */
const BUILT_WORKER = resolve('out/cli/parallel-worker.mjs')
const workerUrl = pathToFileURL(BUILT_WORKER)
let folder: string

beforeAll(() => {
  if (!existsSync(BUILT_WORKER)) throw new Error(`${BUILT_WORKER} is missing: run npm run build:cli first`)
  folder = mkdtempSync(join(tmpdir(), 'nta-parallel-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function summaryText(path: string, options: Partial<RunOptions>): Promise<string> {
  const outcome = await runAnalysis([path], { rowLimit: null, ...options })
  return JSON.stringify(outcome.ok ? outcome.summary : outcome.problem)
}

async function inThreads(
  path: string,
  tuning: Partial<ParallelTuning> = {},
  options: Partial<RunOptions> = {},
): Promise<string> {
  const rangeBytes = Math.ceil(statSync(path).size / 7)
  return summaryText(path, {
    threads: 3,
    parallel: { fromBytes: 0, lookBytes: 0, rangeBytes, workerUrl, ...tuning },
    ...options,
  })
}

describe('counting in threads gives the summary of one thread', () => {
  it.each(readdirSync('samples').filter((name) => name.includes('.pcap')))('for %s', async (name) => {
    const path = join('samples', name)
    const alone = await summaryText(path, {})
    expect(await inThreads(path)).toBe(alone)
    expect(await inThreads(path, { rangeBytes: 1 })).toBe(alone)
  })

  const shared = sampleOf(
    sharedCaptures().filter(({ size }) => size > 2_000 && size < 2_000_000),
    60,
  )
  it.skipIf(!hasSharedCaptures).each(shared.map(({ path }) => path))('for %s', async (path) => {
    expect(await inThreads(path)).toBe(await summaryText(path, {}))
  })

  it('for a capture that ends in the middle of a record', async () => {
    const path = join(folder, 'cut.pcap')
    writeFileSync(path, readFileSync('samples/ssh-sweep.pcap').subarray(0, -7))
    expect(await inThreads(path)).toBe(await summaryText(path, {}))
  })

  it('when a range names a conversation by a payload that one thread would not have looked at', async () => {
    const path = join(folder, 'undecided.pcap')
    const [client, server] = ['10.0.0.1', '10.0.0.2']
    const filler = range(1, FRAME_BATCH_MAX - 3).flatMap((port) =>
      udpExchange({ originator: client, responder: server, responderPort: port }).slice(0, 1),
    )
    const segment = (
      from: string,
      to: string,
      [sourcePort, destinationPort]: number[],
      data: string,
    ): Frame => ({
      time: at(5),
      bytes: ethernet(
        {},
        ipv4(
          { source: from, destination: to },
          tcp({ sourcePort: sourcePort!, destinationPort: destinationPort!, flags: 'A' }, text(data)),
        ),
      ),
    })
    const toServer = (data: string): Frame => segment(client, server, [40_000, 50_000], data)
    const frames = [
      ...filler,
      ...['zzzz', 'zzzz', 'zzzz'].map(toServer),
      // The second range begins here: it names the conversation at once, one thread has given up on the client.
      toServer('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n'),
      segment(server, client, [50_000, 40_000], 'SSH-2.0-OpenSSH_9.6\r\n'),
    ]
    writeFileSync(path, pcap(frames))
    const alone = await summaryText(path, {})
    expect(alone).toContain('"application":"ssh"')
    expect(await inThreads(path, { rangeBytes: 1 })).toBe(alone)
  })

  it('after a first look of its own', async () => {
    for (const path of shared.slice(0, 10).map((capture) => capture.path)) {
      expect(await inThreads(path, { lookBytes: 1 })).toBe(await summaryText(path, {}))
    }
  })

  it('when the conversations have no room in one table', async () => {
    const limits = { conversationCountMax: 40 }
    const alone = await summaryText('samples/ssh-sweep.pcap', { limits })
    expect(alone).not.toBe(await summaryText('samples/ssh-sweep.pcap', {}))
    expect(await inThreads('samples/ssh-sweep.pcap', {}, { limits })).toBe(alone)
  })

  it.each([
    ['a thread cannot start', new URL('file:///no/such/worker.mjs')],
    ['a thread is lost', new URL('data:text/javascript,process.exit(7)')],
    ['a thread fails', new URL('data:text/javascript,throw new Error("out of order")')],
    [
      'a thread counts another number of packets',
      new URL(
        `data:text/javascript,${encodeURIComponent(`
          import { parentPort } from 'node:worker_threads'
          parentPort.on('message', ({ index }) => parentPort.postMessage({ index, packetCount: 1, sections: [] }))`)}`,
      ),
    ],
  ])('when %s', async (_, lostWorkerUrl) => {
    const path = 'samples/busy-resolver.pcap'
    expect(await inThreads(path, { workerUrl: lostWorkerUrl })).toBe(await summaryText(path, {}))
  })
})

/** Feeds `blocks` one after the other, as a reading thread does. */
async function countInThreads(path: string, lookBytes: number, blockBytes: number) {
  const bytes = readFileSync(path)
  const descriptor = openSync(path, 'r')
  const hashSecret = [1, 2, 3, 4] as const
  const analysis = new Analysis(new OpenReader(), { hashSecret })
  const tuning = { lookBytes, rangeBytes: 10_000, workerUrl }
  const counting = new ParallelCounting(analysis, {
    descriptor,
    threadCount: 2,
    hashSecret,
    limits: {},
    ...tuning,
  })
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes)
    const room = analysis.reader.writable(block.length)
    room.bytes.set(block, room.offset)
    analysis.reader.commit(block.length)
    counting.drain()
  }
  analysis.reader.finish()
  counting.drain()
  let stepCount = 0
  await counting.finish(() => stepCount++)
  closeSync(descriptor)
  expect(analysis.aggregates.totals.packetCount).toBe(analysis.reader.interfaces[0]?.packetCount)
  return { isAlone: counting.isAlone, stepCount }
}

describe('threads', () => {
  it('count ordinary traffic, also after a first look', async () => {
    for (const lookBytes of [0, 20_000]) {
      const { isAlone, stepCount } = await countInThreads('samples/busy-resolver.pcap', lookBytes, 4096)
      expect(isAlone).toBe(false)
      expect(stepCount).toBeGreaterThan(0)
    }
  })

  it('are not started for a flood in which every packet begins a conversation', async () => {
    const path = join(folder, 'flood.pcap')
    const [originator, responder] = ['10.0.0.1', '10.0.0.2']
    const flood = range(1, 2000).flatMap((responderPort) =>
      udpExchange({ originator, responder, responderPort }).slice(0, 1),
    )
    writeFileSync(path, pcap(flood))
    expect(await countInThreads(path, 20_000, 4096)).toEqual({ isAlone: true, stepCount: 0 })
  })
})

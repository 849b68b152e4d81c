/** What a person does in the browser, call by call: real server, real analyzer process, real capture. */

import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type AnalyzeEvent,
  emptyFilter,
  type Host,
  type HostEvent,
  type Outcome,
} from '../../src/contract/index.ts'
import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'
import { forkAnalyzer } from '../../src/node/analyzer/fork.ts'
import { pcap } from '../traffic/index.ts'
import { makeCaptureFolder, smallFrames } from './small-capture.ts'
import { type RunningWebHost, runWebHost } from './running-web-host.ts'

let captures: ReturnType<typeof makeCaptureFolder>
let web: RunningWebHost
let host: Host

beforeEach(async () => {
  captures = makeCaptureFolder()
  web = await runWebHost({ folders: [captures.folder] })
  host = web.host()
})
afterEach(() => {
  web.stop()
  captures.remove()
})

/** The value of a call that must succeed. */
async function must<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if (!settled.ok) throw new Error(JSON.stringify(settled.error))
  return settled.value
}

async function openSmall(): Promise<string> {
  const { captures: listed } = await must(host.call('listFolder', { folderId: null }))
  const id = listed.find(({ name }) => name === 'small.pcap')!.id
  return (await must(host.call('openCaptures', { ids: [id], inNewWindow: false })))!.analysisId
}

const rowsOf = (analysisId: string, table: 'conversations' | 'endpoints', limit = 10) =>
  must(
    host.call('rows', {
      analysisId,
      view: {
        table,
        filter: emptyFilter,
        columns: [],
        sort: { column: 'byteCount', direction: 'descending' },
      },
      offset: 0,
      limit,
    }),
  )

describe('a page in the browser', () => {
  it('opens a capture of the folder, watches it being read, and pages through its rows', async () => {
    const analysisId = await openSmall()
    const events: AnalyzeEvent[] = []
    const end = await must(host.call('analyze', { analysisId }, { onEvent: (event) => events.push(event) }))
    expect(end).toMatchObject({ coverage: { isComplete: true, reason: 'complete' }, interruption: null })
    expect(end.head.capture.packetCount).toBe(smallFrames().length)
    const rows = await rowsOf(analysisId, 'conversations')
    expect(rows.totalCount).toBe(end.head.conversationCount)
    expect(rows.rows.length).toBe(Math.min(10, end.head.conversationCount))
    const endpoints = await rowsOf(analysisId, 'endpoints')
    expect(endpoints.rows.map((row) => (row as { address: string }).address).sort()).toEqual([
      '10.0.0.1',
      '10.0.0.5',
      '10.0.0.66',
    ])
  })

  it('asks for the timeline, whose buckets add up to the whole capture', async () => {
    const analysisId = await openSmall()
    const { head } = await must(host.call('analyze', { analysisId }))
    const request = { analysisId, range: null, bucketCountMax: 50, isSplit: true, filter: emptyFilter }
    const timeline = await must(host.call('timeline', request))
    const sum = (counts: readonly number[]) => counts.reduce((one, other) => one + other, 0)
    expect(sum(timeline.packetCounts)).toBe(head.capture.packetCount)
    expect(sum(timeline.byteCounts)).toBe(head.capture.originalByteCount)
    expect(sum(timeline.conversationStarts!)).toBe(head.conversationCount)
  })

  it('asks who talks to whom', async () => {
    const analysisId = await openSmall()
    await must(host.call('analyze', { analysisId }))
    const matrix = await must(host.call('matrix', { analysisId, filter: emptyFilter, addressCountMax: 2 }))
    expect(matrix.addresses).toHaveLength(2)
    expect(matrix.addressCount).toBe(3)
    expect(matrix.listedByteCount).toBeLessThan(matrix.matchingByteCount)
  })

  it('saves the summary, the report and a table, each fetched once', async () => {
    const analysisId = await openSmall()
    const { head } = await must(host.call('analyze', { analysisId }))
    const view = { table: 'conversations' as const, filter: emptyFilter, columns: [], sort: null }
    const fetched: string[] = []
    for (const request of [
      { kind: 'json', analysisId },
      { kind: 'report', analysisId },
      { kind: 'csv', analysisId, view },
    ] as const) {
      const saved = await must(host.call('save', request))
      if (saved.kind !== 'download') throw new Error(`not a download: ${saved.kind}`)
      const response = await fetch(`${web.origin}${saved.url}`)
      expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${saved.name}`)
      expect(response.headers.get('content-security-policy')).toContain('sandbox')
      fetched.push(await response.text())
      expect((await fetch(`${web.origin}${saved.url}`)).status).toBe(404)
    }
    const [json = '', report = '', csv = ''] = fetched
    expect((JSON.parse(json) as CaptureSummary).capture.packetCount).toBe(head.capture.packetCount)
    expect(report).toMatch(/^<!doctype html>/)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + head.conversationCount)
  })

  it('finds the capture of the command line in every tab, and reads it once for a tab that is loaded again', async () => {
    let processCount = 0
    const named = await runWebHost({
      captures: [captures.capture],
      spawn() {
        processCount++
        return forkAnalyzer()
      },
    })
    try {
      const read = async (pageId: string) => {
        const { opened } = await must(named.host(pageId).call('hello', {}))
        return must(named.host(pageId).call('analyze', { analysisId: opened!.analysisId }))
      }
      const first = await read('tab-1')
      expect(first.coverage.isComplete).toBe(true)
      const beforeReload = processCount
      expect(await read('tab-1')).toEqual(first)
      expect(processCount).toBe(beforeReload)
      expect((await read('tab-2')).head.captureKey).toBe(first.head.captureKey)
    } finally {
      named.stop()
    }
  })

  it('drops a file onto the page and opens it', async () => {
    const bytes = pcap(smallFrames())
    const file = new File([Buffer.from(bytes)], 'dropped "one"?.pcap')
    const [choice] = await must(host.registerFiles([file]))
    expect(choice).toMatchObject({ name: 'dropped _one__.pcap', byteCount: bytes.length })
    const { analysisId } = (await must(host.call('openCaptures', { ids: [choice!.id], inNewWindow: false })))!
    expect((await must(host.call('analyze', { analysisId }))).coverage.isComplete).toBe(true)
  })

  it('keeps notes on a finding for the capture, whatever its file is called', async () => {
    const analysisId = await openSmall()
    const { captureKey } = (await must(host.call('analyze', { analysisId }))).head
    const note = { captureKey, findingId: 'f1', isAcknowledged: true, note: 'our own scanner' }
    await must(host.call('setFindingNote', note))
    expect(await must(host.call('findingNotes', { captureKey }))).toMatchObject([{ note: 'our own scanner' }])
    await must(host.call('setFindingNote', { ...note, isAcknowledged: false, note: '' }))
    expect(await must(host.call('findingNotes', { captureKey }))).toEqual([])
  })

  it('finds what it opened among the recent captures, and forgets it', async () => {
    await openSmall()
    const [recent] = await must(host.call('recentCaptures', {}))
    expect(recent).toMatchObject({ isMissing: false, files: [{ name: 'small.pcap' }] })
    const again = await must(host.call('openCaptures', { ids: [recent!.id], inNewWindow: false }))
    expect(again).toMatchObject({ files: [{ name: 'small.pcap' }] })
    expect(await must(host.call('forgetRecent', { id: recent!.id }))).toEqual([])
  })

  it('hears of settings another page changed', async () => {
    const abort = new AbortController()
    const heard = new Promise<HostEvent>((resolve) => {
      void web.host('page-2').call('hostEvents', {}, { signal: abort.signal, onEvent: resolve })
    })
    // The stream is open once its first byte came; until then changes are told again.
    let told: HostEvent | null = null
    void heard.then((event) => (told = event))
    while ((told as HostEvent | null) === null)
      await must(host.call('setSettings', { change: { theme: 'dark' } }))
    expect(told).toMatchObject({ kind: 'settings', settings: { theme: 'dark', rateUnit: 'bits' } })
    abort.abort()
    expect(JSON.parse(readFileSync(join(web.dataFolder, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'dark',
    })
  })

  it('is told once when saved settings were damaged, and goes on without them', async () => {
    web.stop()
    const dataFolder = join(captures.folder, 'data')
    mkdirSync(dataFolder)
    writeFileSync(join(dataFolder, 'settings.json'), '{"version":1,"theme":')
    web = await runWebHost({ dataFolder })
    const abort = new AbortController()
    const notice = await new Promise<HostEvent>((resolve) => {
      void web.host().call('hostEvents', {}, { signal: abort.signal, onEvent: resolve })
    })
    abort.abort()
    expect(notice).toMatchObject({ kind: 'notice', message: expect.stringContaining('not JSON') })
    expect(readdirSync(dataFolder)).toContain('settings.json.damaged')
    expect(await must(web.host().call('settings', {}))).toMatchObject({ theme: 'system' })
  })
})

describe('a file that cannot be analysed', () => {
  it('is an error that names it and says what to do', async () => {
    writeFileSync(join(captures.folder, 'page.pcap'), '<!doctype html><title>no capture</title>')
    const { captures: listed } = await must(host.call('listFolder', { folderId: null }))
    const id = listed.find(({ name }) => name === 'page.pcap')!.id
    const { analysisId } = (await must(host.call('openCaptures', { ids: [id], inNewWindow: false })))!
    const outcome = await host.call('analyze', { analysisId })
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'not-a-capture' } })
    expect(JSON.stringify(outcome)).toContain('page.pcap')
  })

  it('was there and is gone: so it says', async () => {
    const analysisId = await openSmall()
    captures.remove()
    expect(await host.call('analyze', { analysisId })).toMatchObject({ error: { kind: 'file-missing' } })
  })
})

describe('what may be opened', () => {
  it('is what lies in the folders of the command line, not what a link in them points to', async () => {
    const outside = makeCaptureFolder()
    symlinkSync(outside.capture, join(captures.folder, 'link.pcap'))
    symlinkSync(outside.folder, join(captures.folder, 'linked-folder'))
    const listing = await must(host.call('listFolder', { folderId: null }))
    expect(listing.captures.map(({ name }) => name)).toEqual(['small.pcap'])
    expect(listing.folders).toEqual([])
    outside.remove()
  })

  it.each(['/etc/passwd', 'capture-000000000000000000000000', '../small.pcap', 'folder-1'])(
    'is not what a page makes up: %s',
    async (id) => {
      const outcome = await host.call('openCaptures', { ids: [id], inNewWindow: false })
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'not-allowed' } })
      expect(await host.call('listFolder', { folderId: id })).toMatchObject({ ok: false })
    },
  )

  it('is not what was opened elsewhere: a recent capture outside the folders stays closed', async () => {
    const [, other] = [await openSmall(), await runWebHost({ dataFolder: web.dataFolder })]
    const recents = await must(other.host().call('recentCaptures', {}))
    for (const { id } of recents) {
      const outcome = await other.host().call('openCaptures', { ids: [id], inNewWindow: false })
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'not-allowed' } })
    }
    expect(recents).toEqual([])
    other.stop()
  })

  it('is not a file too large to be copied, whether its length was announced or not', async () => {
    web.stop()
    web = await runWebHost({ uploadBytesMax: 1000 })
    const outcome = await web.host().registerFiles([new File([Buffer.alloc(1001)], 'large.pcap')])
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'not-supported' } })
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(600))
      },
    })
    const response = await fetch(`${web.origin}/upload/endless.pcap`, {
      method: 'POST',
      headers: { authorization: `Bearer ${web.token}`, 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(await response.json()).toMatchObject({ ok: false, error: { kind: 'not-supported' } })
  })
})

describe('the host itself', () => {
  it('opens the captures of the command line in every page that comes, until that page closes them', async () => {
    web.stop()
    web = await runWebHost({ captures: [captures.capture] })
    const one = web.host('one')
    const first = await must(one.call('hello', {}))
    expect(first.opened).toMatchObject({ files: [{ name: 'small.pcap' }] })
    expect((await must(web.host('two').call('hello', {}))).opened).toMatchObject({
      files: [{ name: 'small.pcap' }],
    })
    expect((await must(one.call('hello', {}))).opened).toEqual(first.opened)
    await must(one.call('closeAnalysis', { analysisId: first.opened!.analysisId }))
    expect((await must(one.call('hello', {}))).opened).toBeNull()
  })

  it('opens nothing by itself, however often it is started', async () => {
    await openSmall()
    const again = await runWebHost({ dataFolder: web.dataFolder, folders: [captures.folder] })
    expect((await must(again.host().call('hello', {}))).opened).toBeNull()
    again.stop()
  })

  it('ends when no page is open, but not while one is', async () => {
    const short = await runWebHost({ idleMinutes: 0.01 })
    const abort = new AbortController()
    const listening = short.host().call('hostEvents', {}, { signal: abort.signal })
    await must(short.host().call('about', {}))
    abort.abort()
    await listening
    await short.ended
    await expect(fetch(short.origin)).rejects.toThrow()
    short.stop()
  })
})

/**
 * What a person does with the desktop program: the real main process, preload script and analyzer process against a
 * stand-in for Electron. What Chromium does is not tested here.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Host, type HostEvent, type Outcome } from '../../src/contract/index.ts'
import type { CaptureSummary } from '../../src/engine/summarize/capture-summary.ts'
import { type DesktopProgram, startDesktop } from './desktop-program.ts'
import { makeCaptureFolder, smallFrames } from './small-capture.ts'

vi.mock('electron', () => import('./electron-stand-in.ts'))

let captures: ReturnType<typeof makeCaptureFolder>
let program: DesktopProgram

beforeEach(() => {
  captures = makeCaptureFolder()
})
afterEach(() => {
  program.stop()
  captures.remove()
})

async function must<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if (!settled.ok) throw new Error(JSON.stringify(settled.error))
  return settled.value
}

const calls = (name: string) =>
  program.electron.electronState.calls.filter((call) => call.name === name).map(({ args }) => args)

/** Events the page is told, and a way to wait for one. */
function listenTo(host: Host) {
  const abort = new AbortController()
  const events: HostEvent[] = []
  const waiting: { kind: string; found: (event: HostEvent) => void }[] = []
  const ended = host.call(
    'hostEvents',
    {},
    {
      signal: abort.signal,
      onEvent(event) {
        events.push(event)
        for (const { kind, found } of waiting) if (kind === event.kind) found(event)
      },
    },
  )
  return {
    events,
    next: (kind: HostEvent['kind']) => new Promise<HostEvent>((found) => waiting.push({ kind, found })),
    async stop() {
      abort.abort()
      await ended
    },
  }
}

describe('a start', () => {
  it('without a capture opens one empty window', async () => {
    program = await startDesktop()
    expect(program.electron.electronState.windows).toHaveLength(1)
    const hello = await must((await program.page()).call('hello', {}))
    expect(hello).toMatchObject({ host: 'desktop', opensBy: 'dialog', hasNativeMenu: true, opened: null })
  })

  it('with a capture opens it, names the window after it and remembers it', async () => {
    program = await startDesktop([captures.capture])
    const host = await program.page()
    await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
    const { opened } = await must(host.call('hello', {}))
    expect(opened).toMatchObject({ files: [{ name: 'small.pcap' }] })
    expect(program.electron.electronState.windows[0]!.title).toBe('small.pcap – Network Traffic Analyzer')
    expect(calls('app.addRecentDocument')).toEqual([[captures.capture]])
    expect(await must(host.call('recentCaptures', {}))).toMatchObject([{ files: [{ name: 'small.pcap' }] }])
  })

  it('by double-click takes the file:// address a desktop hands over', async () => {
    program = await startDesktop(['--no-sandbox', pathToFileURL(captures.capture).href])
    const host = await program.page()
    await vi.waitFor(async () =>
      expect((await must(host.call('hello', {}))).opened).toMatchObject({ files: [{ name: 'small.pcap' }] }),
    )
  })

  it('of a second copy hands its captures to the first, in a window of their own', async () => {
    program = await startDesktop([captures.capture])
    const other = makeCaptureFolder()
    program.electron.app.emit('second-instance', {}, ['electron', '.', 'small.pcap'], other.folder)
    await vi.waitFor(() => expect(program.electron.electronState.windows).toHaveLength(2))
    const host = await program.page()
    await vi.waitFor(async () =>
      expect((await must(host.call('hello', {}))).opened).toMatchObject({
        files: [{ folder: other.folder }],
      }),
    )
    other.remove()
  })

  it('that finds another copy running ends at once and opens nothing', async () => {
    vi.resetModules()
    program = await startDesktop()
    const { electron } = program
    electron.resetElectron(electron.electronState.appData)
    electron.electronState.holdsLock = false
    const { start } = await import('../../src/main/start.ts')
    await start()
    expect(electron.app.isQuit).toBe(true)
    expect(electron.electronState.windows).toHaveLength(0)
  })

  it('opens nothing by itself after a capture that ended badly: the list of recent ones is not a list of things to do', async () => {
    program = await startDesktop([captures.capture])
    const { dataFolder } = program
    await vi.waitFor(() => expect(existsSync(join(dataFolder, 'recent.json'))).toBe(true))
    const remembered = readFileSync(join(dataFolder, 'recent.json'), 'utf8')
    program.stop()
    program = await startDesktop([], { 'recent.json': remembered })
    const host = await program.page()
    expect((await must(host.call('hello', {}))).opened).toBeNull()
    expect(await must(host.call('recentCaptures', {}))).toHaveLength(1)
    // One may wait for what the person will choose, but nobody has told it of any capture.
    expect(program.electron.electronState.utilityProcesses.flatMap(({ posted }) => posted)).toEqual([])
  })
})

describe('a window', () => {
  it('opens a capture with the dialog, reads it in a process of its own and shows its progress in the taskbar', async () => {
    program = await startDesktop()
    const host = await program.page()
    program.electron.electronState.dialogs.openPaths = [captures.capture]
    const [choice] = await must(host.call('chooseCaptures', {}))
    const opened = await must(host.call('openCaptures', { ids: [choice!.id], inNewWindow: false }))
    const end = await must(host.call('analyze', { analysisId: opened!.analysisId }))
    expect(end).toMatchObject({ coverage: { isComplete: true }, interruption: null })
    expect(end.head.capture.packetCount).toBe(smallFrames().length)
    expect(program.electron.electronState.utilityProcesses).toHaveLength(1)
    expect(program.electron.electronState.utilityProcesses[0]!.pid).not.toBe(process.pid)
    expect(program.electron.electronState.windows[0]!.progress).toBe(-1)
  })

  it('takes a dropped file by its path, which the page never sees', async () => {
    program = await startDesktop()
    const host = await program.page()
    const file = Object.assign(new File([], 'small.pcap'), { pathOnDisk: captures.capture })
    const [choice] = await must(host.registerFiles([file]))
    expect(choice).toMatchObject({ name: 'small.pcap' })
    expect(choice!.id).not.toContain('small')
    const made = await host.registerFiles([new File(['x'], 'made-by-a-script.pcap')])
    expect(made).toMatchObject({ ok: false, error: { kind: 'not-supported' } })
  })

  it('saves where the person says, shows the file, and shows no file it did not save', async () => {
    program = await startDesktop([captures.capture])
    const host = await program.page()
    await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
    const { analysisId } = (await must(host.call('hello', {}))).opened!
    await must(host.call('analyze', { analysisId }))
    expect(await must(host.call('save', { kind: 'json', analysisId }))).toEqual({
      kind: 'dismissed',
      reason: 'closed',
    })
    const path = join(captures.folder, 'out.json')
    program.electron.electronState.dialogs.savePath = path
    const saved = await must(host.call('save', { kind: 'json', analysisId }))
    expect(saved).toMatchObject({ kind: 'file', path, name: 'out.json' })
    const summary = JSON.parse(readFileSync(path, 'utf8')) as CaptureSummary
    expect(summary.capture.packetCount).toBe(smallFrames().length)
    expect(calls('dialog.showSaveDialog')[0]![1]).toMatchObject({
      defaultPath: expect.stringMatching(/small\.json$/),
    })
    await must(host.call('showSaved', { path }))
    expect(calls('shell.showItemInFolder')).toEqual([[path]])
    expect(await host.call('showSaved', { path: '/etc/passwd' })).toMatchObject({
      error: { kind: 'not-allowed' },
    })
  })

  it('hears menu commands, the theme and the settings of other windows', async () => {
    program = await startDesktop()
    const host = await program.page()
    const heard = listenTo(host)
    const menu = program.electron.electronState.given.get(
      'Menu.setApplicationMenu',
    ) as Electron.MenuItemConstructorOptions[]
    const edit = menu.find(({ label }) => label === '&Edit')!.submenu as Electron.MenuItemConstructorOptions[]
    const filter = edit.find(({ label }) => label === 'Filter…')!
    expect(filter.accelerator).toBe('CmdOrCtrl+F')
    const command = heard.next('menu')
    filter.click!({} as never, undefined, {})
    expect(await command).toEqual({ kind: 'menu', command: 'find' })

    const [theme, settings] = [heard.next('theme'), heard.next('settings')]
    await must(host.call('setSettings', { change: { theme: 'dark' } }))
    expect(await theme).toEqual({ kind: 'theme', isDark: true, isHighContrast: false })
    expect(await settings).toMatchObject({ settings: { theme: 'dark' } })
    await heard.stop()
  })

  it('that stands empty is told of a capture opened from outside', async () => {
    program = await startDesktop()
    const heard = listenTo(await program.page())
    const opened = heard.next('opened')
    program.electron.app.emit('open-file', { preventDefault: () => undefined }, captures.capture)
    expect(await opened).toMatchObject({ analysis: { files: [{ name: 'small.pcap' }] } })
    expect(program.electron.electronState.windows).toHaveLength(1)
    await heard.stop()
  })

  it('that is reloaded loses its calls and keeps its capture', async () => {
    program = await startDesktop([captures.capture])
    const window = program.electron.electronState.windows[0]!
    const host = await program.page()
    await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
    const listening = host.call('hostEvents', {})
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(await listening).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
    expect(window.webContents.reloadCount).toBe(1)
    expect((await must((await program.page(window)).call('hello', {}))).opened).not.toBeNull()
  })

  it('that is closed ends its analyzer process, and leaves the other window its own', async () => {
    program = await startDesktop([captures.capture])
    const other = makeCaptureFolder()
    program.electron.app.emit('second-instance', {}, ['electron', '.', other.capture], other.folder)
    await vi.waitFor(() => expect(program.electron.electronState.windows).toHaveLength(2))
    const [first, second] = program.electron.electronState.windows as [StandInWindow, StandInWindow]
    const hosts = [await program.page(first), await program.page(second)] as const
    const ids: string[] = []
    for (const host of hosts) {
      await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
      const { analysisId } = (await must(host.call('hello', {}))).opened!
      await must(host.call('analyze', { analysisId }))
      ids.push(analysisId)
    }
    const pid = program.electron.electronState.utilityProcesses[0]!.pid!
    first.close()
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow())
    const request = { analysisId: ids[1]!, range: null, bucketCountMax: 10, isSplit: false, filter: null }
    expect(await must(hosts[1].call('timeline', request))).toMatchObject({ isPartial: false })
    other.remove()
  })
})

type StandInWindow = DesktopProgram['electron']['electronState']['windows'][number]

describe('an analyzer process that ends', () => {
  it('is named to the page, and the capture can be read again', async () => {
    program = await startDesktop([captures.capture])
    const host = await program.page()
    await vi.waitFor(async () => expect((await must(host.call('hello', {}))).opened).not.toBeNull())
    const { analysisId } = (await must(host.call('hello', {}))).opened!
    const running = host.call('analyze', { analysisId })
    await vi.waitFor(() => expect(program.electron.electronState.utilityProcesses).toHaveLength(1))
    process.kill(program.electron.electronState.utilityProcesses[0]!.pid!, 'SIGKILL')
    expect(await running).toMatchObject({ ok: false, error: { kind: 'analyzer-killed', file: 'small.pcap' } })
    expect(await must(host.call('analyze', { analysisId }))).toMatchObject({ coverage: { isComplete: true } })
    expect(await must(host.call('openLog', {}))).toMatchObject({ tail: expect.stringContaining('killed') })
  })
})

/**
 * Electron's security checklist (Electron documentation, Security, twenty items), each as far as it can be asserted
 * without Electron itself: what the program hands to Electron, and what its guards answer. Item by item in
 * docs/security-checklist.md.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bridgeName, channels, methodNames, pagePolicy } from '../../src/contract/index.ts'
import { isTrustedSender } from '../../src/main/trusted-sender.ts'
import { type DesktopProgram, startDesktop } from './desktop-program.ts'

vi.mock('electron', () => import('./electron-stand-in.ts'))

let program: DesktopProgram
let window: DesktopProgram['electron']['electronState']['windows'][number]

beforeAll(async () => {
  program = await startDesktop()
  await program.page()
  window = program.electron.electronState.windows[0]!
})
afterAll(() => program.stop())

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names the form of what was handed over
const given = <T>(name: string): T => program.electron.electronState.given.get(name) as T
const preferences = () => window.options['webPreferences'] as Readonly<Record<string, unknown>>

function sourcesOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|html)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')] as const)
}
const electronSources = [...sourcesOf('src/main'), ...sourcesOf('src/preload')]
const pageSources = sourcesOf('src/renderer')

/** Files whose text matches. */
const matching = (sources: typeof pageSources, pattern: RegExp): string[] =>
  sources.filter(([, text]) => pattern.test(text)).map(([name]) => name)

describe('1. only secure content', () => {
  it('the page comes from the program itself, and its requests may go nowhere else', () => {
    expect(window.webContents.mainFrame.url).toBe('app://ui/index.html')
    type Answer = (response: { readonly cancel: boolean }) => void
    const onBeforeRequest =
      given<(details: { url: string }, answer: Answer) => void>('session.onBeforeRequest')
    const isCancelled = (url: string): boolean => {
      let cancelled = false
      onBeforeRequest({ url }, ({ cancel }) => (cancelled = cancel))
      return cancelled
    }
    const local = ['app://ui/assets/index.js', 'data:,', 'blob:app://ui/1']
    const remote = [
      'http://example.com/',
      'https://example.com/',
      'ws://127.0.0.1:1/',
      'http://127.0.0.1/',
      'http://[::1]/',
      'file:///etc/passwd',
      'file://server/share',
      'ftp://example.com/',
      'chrome://settings/',
    ]
    expect(local.filter(isCancelled)).toEqual([])
    expect(remote.filter((url) => !isCancelled(url))).toEqual([])
  })
})

describe('2, 3, 4, 6, 8, 9, 10, 11. every window', () => {
  it('is isolated, sandboxed and without Node', () => {
    expect(preferences()).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(preferences()).not.toHaveProperty('enableBlinkFeatures')
    expect(program.electron.electronState.calls.map(({ name }) => name)).toContain('app.enableSandbox')
  })

  it('is made in one place, so that none is made without', () => {
    expect(matching(electronSources, /new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/)).toEqual(
      [join('src', 'main', 'windows.ts')],
    )
  })
})

describe('5. permissions', () => {
  type Answer = (isGranted: boolean) => void
  type Request = (
    contents: null,
    permission: string,
    answer: Answer,
    details: { requestingUrl: string },
  ) => void
  const own = 'app://ui/index.html'
  const asked = (permission: string, requestingUrl: string): boolean => {
    let isGranted = true
    given<Request>('session.setPermissionRequestHandler')(
      null,
      permission,
      (answer) => (isGranted = answer),
      { requestingUrl },
    )
    return isGranted
  }
  const checked = (permission: string, origin: string): boolean =>
    given<(contents: null, permission: string, origin: string) => boolean>(
      'session.setPermissionCheckHandler',
    )(null, permission, origin)
  const others = [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fullscreen',
    'usb',
    'hid',
    'serial',
    'openExternal',
    'fileSystem',
    'display-capture',
    'midi',
    'pointerLock',
    'unknown',
  ]

  it.each(others)('%s is never granted', (permission) => {
    expect(asked(permission, own)).toBe(false)
    expect(checked(permission, 'app://ui')).toBe(false)
  })

  it('to put text on the clipboard is granted, to the program’s own page alone', () => {
    expect(asked('clipboard-sanitized-write', own)).toBe(true)
    expect(checked('clipboard-sanitized-write', 'app://ui/')).toBe(true)
    for (const foreign of ['https://example.com/', 'app://evil/', 'null', '', 'file:///x']) {
      expect(asked('clipboard-sanitized-write', foreign), foreign).toBe(false)
      expect(checked('clipboard-sanitized-write', foreign), foreign).toBe(false)
    }
  })

  it('for devices and screens are not even looked at', () => {
    expect(given<() => boolean>('session.setDevicePermissionHandler')()).toBe(false)
    const answers: unknown[] = []
    given<(request: unknown, answer: (streams: unknown) => void) => void>(
      'session.setDisplayMediaRequestHandler',
    )({}, (streams) => answers.push(streams))
    expect(answers).toEqual([{}])
  })
})

describe('7. the content security policy', () => {
  it('allows the page’s own files and nothing else, and comes with every file', async () => {
    expect(pagePolicy).toMatch(/^default-src 'none'; /)
    expect(pagePolicy).not.toMatch(/unsafe|\*|https?:/)
    const handler = given<(request: Request) => Promise<Response>>('protocol.handle app')
    const response = await handler(new Request('app://ui/index.html'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toBe(pagePolicy)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is not undermined by the page: no inline script, no evaluation, no raw HTML', () => {
    expect(
      matching(
        pageSources,
        /v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/,
      ),
    ).toEqual([])
    const index = readFileSync('src/renderer/index.html', 'utf8')
    expect(index).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|javascript:/i)
  })
})

describe('11, 12. webviews', () => {
  it('are refused, and none is in the page', () => {
    const event = { preventDefault: vi.fn() }
    window.webContents.emit('will-attach-webview', event, {}, {})
    expect(event.preventDefault).toHaveBeenCalled()
    expect(matching(pageSources, /<webview|<iframe|<object\b|<embed/)).toEqual([])
  })
})

describe('13, 14. leaving the page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('by %s is refused', (name) => {
    const event = { preventDefault: vi.fn(), url: 'app://ui/index.html' }
    window.webContents.emit(name, event, event.url)
    expect(event.preventDefault).toHaveBeenCalled()
  })

  it.each([
    'https://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://ui/index.html',
    'about:blank',
    'data:text/html,x',
    'blob:app://ui/1',
    'mailto:a@b',
    'smb://server/share',
    '',
  ])('by a new window for %j is refused', (url) => {
    expect(window.webContents.windowOpenHandler!({ url })).toEqual({ action: 'deny' })
  })

  it('by a download is refused: saving goes through the dialog', () => {
    const event = { preventDefault: vi.fn() }
    program.electron.session.defaultSession.emit('will-download', event)
    expect(event.preventDefault).toHaveBeenCalled()
  })
})

describe('15. opening other programs', () => {
  it('is never done with an address', () => {
    expect(matching(electronSources, /openExternal/)).toEqual([])
  })

  it('is done with two paths only: the log, and a file this run saved', () => {
    const uses = electronSources.flatMap(([, text]) => text.match(/shell\.\w+/g) ?? [])
    expect([...new Set(uses)].sort()).toEqual(['shell.openPath', 'shell.showItemInFolder'])
  })
})

describe('16. the version of Electron', () => {
  it('is pinned to one exact version', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
    expect(devDependencies['electron']).toBe(version)
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

describe('17. the sender of a message', () => {
  const top = (url: string) => ({ senderFrame: { url, parent: null } })

  it.each([
    'https://ui/index.html',
    'app://evil/index.html',
    'app://ui.evil/index.html',
    'app:///index.html',
    'file:///ui/index.html',
    'about:blank',
    'data:text/html,x',
    'null',
    '',
  ])('at %j is not the program’s page', (url) => {
    expect(isTrustedSender(top(url))).toBe(false)
  })

  it('in a frame inside the page is not trusted, nor one that is gone', () => {
    expect(isTrustedSender(top('app://ui/index.html'))).toBe(true)
    expect(
      isTrustedSender({ senderFrame: { url: 'app://ui/x', parent: top('app://ui/').senderFrame as never } }),
    ).toBe(false)
    expect(isTrustedSender({ senderFrame: null })).toBe(false)
  })

  const { call, registerFile, cancel, event } = channels
  it.each([call, registerFile])('is asked on %s before anything else', async (channel) => {
    const { invokeFrom } = program.electron
    const message = channel === call ? { id: 1, method: 'recentCaptures', input: {} } : '/etc/passwd'
    const foreign = { url: 'https://example.com/', parent: null }
    const child = { url: 'app://ui/index.html', parent: window.webContents.mainFrame }
    for (const frame of [foreign, child, null]) {
      expect(await invokeFrom(window.webContents, channel, message, frame)).toMatchObject({
        error: { kind: 'not-allowed' },
      })
    }
    const stranger = new program.electron.WebContents()
    stranger.mainFrame.url = 'app://ui/index.html'
    expect(await invokeFrom(stranger, channel, message)).toMatchObject({ error: { kind: 'not-allowed' } })
    expect(await invokeFrom(window.webContents, channel, message)).toMatchObject({ ok: true })
  })

  it('can use three channels and no other, all served in one file', () => {
    expect(program.electron.servedChannels().sort()).toEqual([call, cancel, registerFile].sort())
    expect(matching(electronSources, /ipcMain\b/)).toEqual([join('src', 'main', 'ipc.ts')])
    expect(event).toBe('nta:event')
  })
})

describe('18. the custom protocol', () => {
  const handler = () => given<(request: Request) => Promise<Response>>('protocol.handle app')

  it.each([
    'app://ui/../package.json',
    'app://ui/..%2f..%2fpackage.json',
    'app://ui/%2e%2e/%2e%2e/package.json',
    'app://ui//etc/passwd',
    'app://ui/main.ts',
    'app://evil/index.html',
    'app://ui/',
    'app://ui/index.html/',
  ])('does not answer %s', async (url) => {
    expect((await handler()(new Request(url))).status).toBe(404)
  })

  it('answers GET only', async () => {
    expect((await handler()(new Request('app://ui/index.html', { method: 'POST' }))).status).toBe(404)
  })

  it('is standard and secure, and file:// is loaded nowhere', () => {
    expect(given('protocol.registerSchemesAsPrivileged')).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect(matching(electronSources, /loadFile\(|loadURL\((?!pageUrl\))/)).toEqual([])
  })
})

describe('20. what the page can reach', () => {
  it('is two functions under one name, and what they return holds no object of Electron', () => {
    const names = [...program.electron.electronState.given.keys()].filter((name) =>
      name.startsWith('bridge '),
    )
    expect(new Set(names.map((name) => name.split(' ')[2]))).toEqual(new Set([bridgeName]))
    const bridge = given<Record<string, (...args: unknown[]) => unknown>>(names[0]!)
    expect(Object.keys(bridge).sort()).toEqual(['registerFile', 'start'])
    const call = bridge['start']!('about', {}, () => undefined) as Record<string, unknown>
    expect(Object.keys(call).sort()).toEqual(['cancel', 'outcome'])
    expect((call['cancel'] as () => unknown)()).toBeUndefined()
  })

  it('is not widened by a method that takes a path to read', () => {
    // `showSaved` takes a path and shows only files this run saved; everything else takes ids.
    const methods = readFileSync('src/contract/methods.ts', 'utf8')
    expect(methods.match(/path: text/g)).toHaveLength(2)
    expect(methodNames).toContain('showSaved')
  })

  it('survives ten thousand messages of any form', async () => {
    const { invokeFrom } = program.electron
    const junk = [
      null,
      undefined,
      0,
      -1,
      1e9,
      '',
      'x'.repeat(10_000),
      [],
      {},
      { id: 1 },
      { id: 'x', method: 'about' },
      { id: 1, method: '__proto__', input: {} },
      { id: 1, method: 'rows', input: { __proto__: null } },
      { id: 1, method: 'openCaptures', input: { ids: ['../x'], inNewWindow: true } },
      { id: Number.NaN, method: 'about', input: {} },
      { id: 1, method: 'setSettings', input: { change: { theme: 'pink' } } },
      { id: 1, method: 'save', input: { kind: 'csv' } },
      new Date(),
      new Map([[1, 2]]),
      new Uint8Array(100),
    ]
    for (let round = 0; round < 10_000; round++) {
      const message = junk[round % junk.length]
      const channel = round % 3 === 0 ? channels.registerFile : channels.call
      if (channel === channels.registerFile && typeof message === 'string') continue
      const answer = (await invokeFrom(window.webContents, channel, message)) as { ok: boolean }
      expect(answer.ok).toBe(false)
    }
    expect(
      await invokeFrom(window.webContents, channels.call, { id: 1, method: 'about', input: {} }),
    ).toMatchObject({ ok: true })
  })
})

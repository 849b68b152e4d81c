/**
 * Stands in for the module `electron` where its binary cannot be had: the same names, as much behaviour as the main
 * process relies on, and everything it was told kept in `electronState` for tests to look at. Messages are cloned as
 * they are between processes; a utility process is a real process. What Chromium itself would do is not here.
 */

import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'

type Listener = (...args: never[]) => unknown

interface State {
  /** Every handler and option the program handed to Electron, by name. */
  readonly given: Map<string, unknown>
  readonly windows: BrowserWindow[]
  readonly utilityProcesses: {
    readonly pid: number | undefined
    readonly posted: readonly unknown[]
    kill(): void
  }[]
  /** Calls such as `shell.openPath`, in order. */
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[]
  /** What the system's dialogs answer next. */
  dialogs: { openPaths: readonly string[]; savePath: string | null }
  holdsLock: boolean
  appData: string
  /** The contents whose preload script runs next. */
  rendererOf: WebContents | null
}

export const electronState: State = {
  given: new Map(),
  windows: [],
  utilityProcesses: [],
  calls: [],
  dialogs: { openPaths: [], savePath: null },
  holdsLock: true,
  appData: '/nowhere',
  rendererOf: null,
}

/** As freshly started, with `appData` for the person's files. */
export function resetElectron(appData: string): void {
  electronState.given.clear()
  electronState.windows.length = 0
  electronState.utilityProcesses.length = 0
  electronState.calls.length = 0
  electronState.dialogs = { openPaths: [], savePath: null }
  electronState.holdsLock = true
  electronState.appData = appData
  electronState.rendererOf = null
  handlers.clear()
  for (const emitter of [app, mainListeners, session.defaultSession, nativeTheme])
    emitter.removeAllListeners()
  app.isQuit = false
  BrowserWindow.focused = null
}

function noted<A extends readonly unknown[], R>(name: string, answer: (...args: A) => R) {
  return (...args: A): R => {
    electronState.calls.push({ name, args })
    return answer(...args)
  }
}

class App extends EventEmitter {
  name = 'Network Traffic Analyzer'
  isPackaged = false
  isQuit = false
  requestSingleInstanceLock = (): boolean => electronState.holdsLock
  quit = noted('app.quit', () => {
    this.isQuit = true
    this.emit('will-quit')
  })
  whenReady = (): Promise<void> => Promise.resolve()
  getVersion = (): string => '1.2.3'
  getPath = (name: string): string => `${electronState.appData}/${name}`
  setPath = noted('app.setPath', () => undefined)
  enableSandbox = noted('app.enableSandbox', () => undefined)
  addRecentDocument = noted('app.addRecentDocument', (_path: string) => undefined)
  clearRecentDocuments = noted('app.clearRecentDocuments', () => undefined)
}

export const app = new App()

export interface SenderFrame {
  url: string
  parent: SenderFrame | null
}

let lastContentsId = 0

export class WebContents extends EventEmitter {
  readonly id = ++lastContentsId
  readonly mainFrame: SenderFrame = { url: 'about:blank', parent: null }
  readonly renderer = new EventEmitter()
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null
  reloadCount = 0
  setWindowOpenHandler(handler: WebContents['windowOpenHandler']): void {
    this.windowOpenHandler = handler
  }
  send(channel: string, message: unknown): void {
    this.renderer.emit(channel, {}, structuredClone(message))
  }
  isDestroyed(): boolean {
    return false
  }
  reload(): void {
    this.reloadCount++
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
  }
}

export class BrowserWindow extends EventEmitter {
  static focused: BrowserWindow | null = null
  static getFocusedWindow = (): BrowserWindow | null => BrowserWindow.focused
  readonly webContents = new WebContents()
  readonly options: Readonly<Record<string, unknown>>
  title = ''
  progress: number | null = null
  private destroyed = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const name = options['name'] as string | undefined
    if (name !== undefined && electronState.windows.some((other) => other.options['name'] === name)) {
      throw new Error(`a window named ${name} is there already`)
    }
    electronState.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    this.emit('ready-to-show')
    return Promise.resolve()
  }
  show = noted('window.show', () => undefined)
  focus(): void {
    BrowserWindow.focused = this
  }
  isMinimized = (): boolean => false
  restore = noted('window.restore', () => undefined)
  isDestroyed = (): boolean => this.destroyed
  setTitle(title: string): void {
    this.title = title
  }
  setRepresentedFilename = noted('window.setRepresentedFilename', () => undefined)
  setProgressBar(share: number): void {
    this.progress = share
  }
  close(): void {
    this.destroyed = true
    electronState.windows.splice(electronState.windows.indexOf(this), 1)
    if (BrowserWindow.focused === this) BrowserWindow.focused = null
    this.emit('closed')
    if (electronState.windows.length === 0) app.emit('window-all-closed')
  }
}

interface InvokeEvent {
  readonly sender: WebContents
  readonly senderFrame: SenderFrame | null
}

const handlers = new Map<string, (event: InvokeEvent, message: unknown) => unknown>()
const mainListeners = new EventEmitter()

export const ipcMain = {
  handle: (channel: string, handler: (event: InvokeEvent, message: unknown) => unknown) =>
    handlers.set(channel, handler),
  on: (channel: string, listener: Listener) => mainListeners.on(channel, listener as never),
}

/** A message as the frame's process would send it; `frame` is the top frame unless a test says otherwise. */
export async function invokeFrom(
  sender: WebContents,
  channel: string,
  message: unknown,
  senderFrame: SenderFrame | null = sender.mainFrame,
): Promise<unknown> {
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
  return structuredClone(await handler({ sender, senderFrame }, structuredClone(message)))
}

/** Channels that pages can reach. */
export const servedChannels = (): string[] => [...handlers.keys(), ...mainListeners.eventNames().map(String)]

// What a preload script sees: it belongs to the contents that `electronState.rendererOf` names at the time.
export const ipcRenderer = {
  on: (channel: string, listener: Listener) =>
    electronState.rendererOf?.renderer.on(channel, listener as never),
  invoke: (channel: string, message: unknown) => invokeFrom(electronState.rendererOf!, channel, message),
  send: (channel: string, message: unknown) =>
    mainListeners.emit(
      channel,
      { sender: electronState.rendererOf, senderFrame: electronState.rendererOf?.mainFrame },
      structuredClone(message),
    ),
}

export const contextBridge = {
  /** Keeps the functions for the test that plays the page; each call comes from the contents they were made for. */
  exposeInMainWorld(name: string, value: Readonly<Record<string, (...args: unknown[]) => unknown>>): void {
    const contents = electronState.rendererOf!
    const exposed = Object.entries(value).map(([key, call]) => [
      key,
      (...args: unknown[]) => {
        electronState.rendererOf = contents
        return call(...args)
      },
    ])
    electronState.given.set(`bridge ${contents.id} ${name}`, Object.fromEntries(exposed))
  },
}
export const webUtils = {
  getPathForFile: (file: { readonly pathOnDisk?: string }) => file.pathOnDisk ?? '',
}

/** A real process, whose `process.parentPort` speaks over a forked child's channel. */
class UtilityProcess extends EventEmitter {
  /** What it was ever told. */
  readonly posted: unknown[] = []
  readonly #child
  constructor(entry: string, options: { readonly cwd?: string; readonly execArgv?: readonly string[] }) {
    super()
    const port = fileURLToPath(new URL('./parent-port-stand-in.ts', import.meta.url))
    this.#child = fork(entry, [], {
      execArgv: ['--import', 'tsx', '--import', port, ...(options.execArgv ?? [])],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('error', () => undefined)
    this.#child.once('close', (code, signal) => {
      app.emit(
        'child-process-gone',
        {},
        {
          type: 'Utility',
          name: (options as { serviceName?: string }).serviceName,
          reason:
            signal === null
              ? code === 0
                ? 'clean-exit'
                : 'abnormal-exit'
              : signal === 'SIGKILL'
                ? 'killed'
                : 'crashed',
          exitCode: code ?? 0,
        },
      )
      this.emit('exit', code ?? 1)
    })
  }
  get pid(): number | undefined {
    return this.#child.pid
  }
  get stderr() {
    return this.#child.stderr
  }
  postMessage(message: unknown): void {
    this.posted.push(message)
    this.#child.send(structuredClone(message) as object, () => undefined)
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }
}

export const utilityProcess = {
  fork(entry: string, _args: readonly string[], options: Record<string, unknown>): UtilityProcess {
    electronState.given.set('utilityProcess.fork', { entry, options })
    const child = new UtilityProcess(entry, options)
    electronState.utilityProcesses.push(child)
    return child
  },
}

const keep = (name: string) => (value: unknown) => void electronState.given.set(name, value)

export const protocol = {
  registerSchemesAsPrivileged: keep('protocol.registerSchemesAsPrivileged'),
  handle: (scheme: string, handler: unknown) => electronState.given.set(`protocol.handle ${scheme}`, handler),
}

class Session extends EventEmitter {
  setPermissionRequestHandler = keep('session.setPermissionRequestHandler')
  setPermissionCheckHandler = keep('session.setPermissionCheckHandler')
  setDevicePermissionHandler = keep('session.setDevicePermissionHandler')
  setDisplayMediaRequestHandler = keep('session.setDisplayMediaRequestHandler')
  setSpellCheckerEnabled = keep('session.setSpellCheckerEnabled')
  webRequest = { onBeforeRequest: keep('session.onBeforeRequest') }
}
export const session = { defaultSession: new Session() }

export const dialog = {
  showErrorBox: noted('dialog.showErrorBox', () => undefined),
  showOpenDialog: noted('dialog.showOpenDialog', () => {
    const filePaths = electronState.dialogs.openPaths
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths })
  }),
  showSaveDialog: noted('dialog.showSaveDialog', (_window: unknown, _options: { defaultPath: string }) => {
    const filePath = electronState.dialogs.savePath
    return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' })
  }),
}

class NativeTheme extends EventEmitter {
  #source = 'system'
  shouldUseHighContrastColors = false
  get themeSource(): string {
    return this.#source
  }
  set themeSource(source: string) {
    this.#source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}
export const nativeTheme = new NativeTheme()

export const shell = {
  openPath: noted('shell.openPath', (_path: string) => Promise.resolve('')),
  showItemInFolder: noted('shell.showItemInFolder', (_path: string) => undefined),
  openExternal: noted('shell.openExternal', () => Promise.resolve()),
}
export const crashReporter = { start: keep('crashReporter.start') }

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: keep('Menu.setApplicationMenu'),
}

/** The windows: one per capture, sandboxed, found again where they were closed. */

import { BrowserWindow, dialog, nativeTheme, type WebContents } from 'electron'
import type { HostEvent } from '../contract/index.ts'
import { DesktopPage } from './desktop-page.ts'

export interface WindowsOptions {
  readonly pageUrl: string
  readonly preloadPath: string
  readonly isPackaged: boolean
  readonly log: (line: string) => void
  /** A window is gone for good: what it had open can be freed. */
  readonly onClosed: (page: DesktopPage) => void
}

const PROGRAM_NAME = 'Network Traffic Analyzer'
const [WIDTH, HEIGHT] = [1280, 860]
/** What the pages are designed for at least. */
const [WIDTH_MIN, HEIGHT_MIN] = [900, 600]
/** Pages crash for reasons of their own; one that always does must not be reloaded for ever. */
const RELOADS_MAX = 3

export class Windows {
  readonly #options: WindowsOptions
  readonly #pages = new Map<number, DesktopPage>()

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  get all(): readonly DesktopPage[] {
    return [...this.#pages.values()]
  }

  pageOf(contents: WebContents): DesktopPage | null {
    return this.#pages.get(contents.id) ?? null
  }

  /** The window in front, else any; null when there is none. */
  get front(): DesktopPage | null {
    const focused = BrowserWindow.getFocusedWindow()
    return (focused === null ? null : this.pageOf(focused.webContents)) ?? this.all[0] ?? null
  }

  tellAll(event: HostEvent): void {
    for (const page of this.all) page.tell(event)
  }

  open(): DesktopPage {
    const { pageUrl, preloadPath, isPackaged } = this.#options
    const window = new BrowserWindow({
      width: WIDTH,
      height: HEIGHT,
      minWidth: WIDTH_MIN,
      minHeight: HEIGHT_MIN,
      title: PROGRAM_NAME,
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#ffffff',
      // A name may be used by one window at a time: the first keeps its place, the others open beside it.
      ...(this.#pages.size === 0 ? { name: 'first', windowStatePersistence: true } : {}),
      webPreferences: {
        preload: preloadPath,
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
        devTools: !isPackaged,
      },
    })
    const page = new DesktopPage(window)
    const { id } = window.webContents
    this.#pages.set(id, page)
    window.once('ready-to-show', () => window.show())
    window.on('page-title-updated', (event) => event.preventDefault())
    window.once('closed', () => {
      this.#pages.delete(id)
      page.cancelAll()
      this.#options.onClosed(page)
    })
    this.#watch(page)
    void window.loadURL(pageUrl)
    return page
  }

  /** Title, and the file the system shows beside it. Null is the start page. */
  static name(page: DesktopPage, paths: readonly string[] | null, name: string): void {
    page.window.setTitle(paths === null ? PROGRAM_NAME : `${name} – ${PROGRAM_NAME}`)
    page.window.setRepresentedFilename(paths?.[0] ?? '')
  }

  /** Share 0 to 1 of the taskbar's progress; null takes it away. */
  static progress(page: DesktopPage, share: number | null): void {
    if (!page.window.isDestroyed()) page.window.setProgressBar(share ?? -1)
  }

  #watch(page: DesktopPage): void {
    const { log } = this.#options
    const { window } = page
    const contents = window.webContents
    let reloadCount = 0
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) page.cancelAll()
    })
    contents.on('render-process-gone', (_, { reason, exitCode }) => {
      log(`window: its page ended (${reason}, code ${exitCode})`)
      page.cancelAll()
      if (reason === 'clean-exit' || window.isDestroyed()) return
      if (++reloadCount <= RELOADS_MAX) contents.reload()
      else {
        dialog.showErrorBox(
          'The window stopped working',
          'Its page ended several times. Close the window and open the capture again; Help → Show Log says more.',
        )
      }
    })
    contents.on('preload-error', (_, path, error) => log(`window: preload ${path} failed: ${error.message}`))
    window.on('unresponsive', () => log('window: its page does not respond'))
  }
}

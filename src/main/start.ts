/** The start of the desktop program, step by step. */

import { app, nativeTheme, session } from 'electron'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { succeeded } from '../contract/index.ts'
import { isStoppedBySystem } from '../node/analyzer/stopped.ts'
import { Analyses, type AnalysisNotice } from '../node/host/analyses.ts'
import { CaptureOffers } from '../node/host/captures.ts'
import { hostHandlers, type HostParts, type HostServices } from '../node/host/handlers.ts'
import { makePrivateFolder } from '../node/host/private-folder.ts'
import type { LogFile } from '../node/host/log-file.ts'
import { RecentCaptures } from '../node/host/recent-captures.ts'
import { DATA_FOLDER_NAME, dataFolder } from '../node/settings/settings-folder.ts'
import { NoteStore } from '../node/settings/settings-notes.ts'
import { SettingsStore } from '../node/settings/settings-store.ts'
import { forkUtilityAnalyzer } from './analyzer-utility.ts'
import { PAGE_URL, registerAppScheme, serveAppScheme } from './app-scheme.ts'
import type { DesktopPage } from './desktop-page.ts'
import { chooseCaptures, desktopParts, themeFacts } from './desktop-parts.ts'
import { startFaultLog } from './fault-log.ts'
import { becomeFirstCopy } from './first-copy.ts'
import { serveIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { bringToFront, openInWindow } from './open-captures.ts'
import { OpenRequests } from './open-requests.ts'
import { guardEveryPage, guardSession } from './security-guards.ts'
import { Windows } from './windows.ts'

/** Windows are few; each analysis has a process of its own. */
const ANALYSES_MAX = 32

/** Runs the program. Resolves when the first window is open, or at once in a second copy, which hands over and ends. */
export async function start(): Promise<void> {
  // 1. One copy for each person; what is asked for before there is a window waits.
  const requests = new OpenRequests()
  if (!becomeFirstCopy(requests, () => bringToFront(windows.front))) return

  // 2. Where things are kept, and the log.
  const data = dataFolder()
  app.setPath('userData', join(app.getPath('appData'), DATA_FOLDER_NAME))
  const log = startFaultLog(join(data, 'nta.log'))

  // 3. What no page may do, before there is a page.
  const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const guard = { pageUrl: developmentUrl ?? PAGE_URL, log: (line: string) => log.write(line) }
  app.enableSandbox()
  registerAppScheme()
  guardEveryPage(guard)

  // 4. What the program remembers, and what will run.
  const services = makeServices(data, log, (notice) =>
    windows.tellAll({ kind: 'notice', severity: 'warning', ...notice }),
  )
  const windows = new Windows({
    ...guard,
    preloadPath: besideMain('../preload/index.cjs'),
    isPackaged: app.isPackaged,
    onClosed: ({ opened }) => {
      if (opened !== null) services.analyses.close(opened.id)
    },
  })

  // 5. The system is ready: the page's files, then its calls.
  await app.whenReady()
  guardSession(session.defaultSession, guard)
  if (developmentUrl === undefined) serveAppScheme(besideMain('../renderer'))
  const parts = desktopParts({
    openWindow: (paths) => requests.ask(paths),
    recentChanged: () => showRecent(services, windows, requests, parts),
  })
  serveIpc({
    ...guard,
    handlers: hostHandlers(services, parts),
    pageOf: (contents) => windows.pageOf(contents),
    registerFile: (path) => succeeded(services.offers.offer(path)),
  })

  // 6. The looks: the setting decides, or leaves it to the system.
  followTheme(services.settings, windows)
  showRecent(services, windows, requests, parts)

  // 7. The first window: with what was asked for, else empty. Nothing is ever opened again by itself.
  const wasAsked = requests.start((paths) => void openInWindow(windows, services, parts, paths))
  if (!wasAsked) windows.open()
  app.on('activate', () => {
    if (windows.all.length === 0) windows.open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', () => services.analyses.closeAll())
}

/** A path from the folder of the built main process. */
function besideMain(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

function makeServices(data: string, log: LogFile, tell: (notice: AnalysisNotice) => void): HostServices {
  return {
    version: app.getVersion(),
    samplesFolder: app.isPackaged ? join(process.resourcesPath, 'samples') : besideMain('../../samples'),
    settings: new SettingsStore(data),
    notes: new NoteStore(data),
    recents: new RecentCaptures(data),
    offers: new CaptureOffers(),
    analyses: new Analyses({
      spawn: forkUtilityAnalyzer,
      isStopped: isStoppedBySystem,
      now: () => performance.now(),
      log: (line) => log.write(line),
      folder: makePrivateFolder(),
      countMax: ANALYSES_MAX,
      tell,
    }),
    log,
  }
}

function followTheme(settings: SettingsStore, windows: Windows): void {
  nativeTheme.themeSource = settings.current.theme
  nativeTheme.on('updated', () => windows.tellAll({ kind: 'theme', ...themeFacts() }))
  settings.onChange((changed) => {
    nativeTheme.themeSource = changed.theme
    windows.tellAll({ kind: 'settings', settings: changed })
  })
}

/** The menu holds the recent captures, so it is made anew when they change. */
function showRecent(
  { recents, log }: HostServices,
  windows: Windows,
  requests: OpenRequests,
  parts: HostParts<DesktopPage>,
): void {
  const recent = recents.list().map(({ paths }) => paths)
  if (recent.length === 0) app.clearRecentDocuments()
  setMenu(
    {
      command: (command) => windows.front?.tell({ kind: 'menu', command }),
      open: () => void chooseCaptures(windows.front).then((paths) => requests.ask(paths)),
      newWindow: () => void windows.open(),
      openRecent: (paths) => requests.ask(paths),
      forgetRecent: () => void recents.forget(null).then(() => parts.recentChanged()),
      showLog: () => void parts.openLog(log.path),
    },
    { recent, isPackaged: app.isPackaged },
  )
  windows.tellAll({ kind: 'recent' })
}

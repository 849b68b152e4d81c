/** What differs on the desktop: the system's dialogs, windows, taskbar and theme. */

import { app, dialog, nativeTheme, shell } from 'electron'
import { basename, join } from 'node:path'
import { failed, type HostFacts, succeeded } from '../contract/index.ts'
import { captureExtensions } from '../node/host/captures.ts'
import type { HostParts } from '../node/host/handlers.ts'
import type { DesktopPage } from './desktop-page.ts'
import { Windows } from './windows.ts'

/** Electron's types promise both; only a real Electron keeps the promise. */
const versions: Readonly<Partial<Record<string, string>>> = process.versions

export interface DesktopPartsOptions {
  readonly openWindow: (paths: readonly string[]) => void
  readonly recentChanged: () => void
}

const saveFilters = {
  report: { name: 'HTML report', extensions: ['html'] },
  json: { name: 'JSON summary', extensions: ['json'] },
  csv: { name: 'CSV table', extensions: ['csv'] },
}

export function desktopParts({ openWindow, recentChanged }: DesktopPartsOptions): HostParts<DesktopPage> {
  const savedPaths = new Set<string>()
  return {
    facts: () => ({
      host: 'desktop',
      platform: platformName(),
      opensBy: 'dialog',
      hasNativeMenu: true,
      canOpenLog: true,
      ...themeFacts(),
    }),
    about: () => ({
      host: 'desktop',
      electron: versions.electron ?? null,
      chromium: versions.chrome ?? null,
    }),
    chooseCaptures: async (page) => succeeded(await chooseCaptures(page)),
    listFolder: () =>
      Promise.resolve(failed('not-supported', 'The desktop window opens captures with the system’s dialog.')),
    // Every id was made for a file the person chose, dropped or had opened before.
    mayOpen: () => true,
    openWindow,
    saveTarget: async (page, kind, name) => {
      const { canceled, filePath } = await dialog.showSaveDialog(page.window, {
        defaultPath: join(app.getPath('documents'), name),
        filters: [saveFilters[kind]],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || filePath === '') return null
      return {
        path: filePath,
        finish: (byteCount) => {
          savedPaths.add(filePath)
          return { kind: 'file', path: filePath, name: basename(filePath), byteCount }
        },
      }
    },
    showSaved(path) {
      if (!savedPaths.has(path)) return failed('not-allowed', 'This file was not saved by the program.')
      shell.showItemInFolder(path)
      return succeeded(null)
    },
    openLog: async (path) => (await shell.openPath(path)) === '',
    listen(page, listener) {
      page.listeners.add(listener)
      return () => void page.listeners.delete(listener)
    },
    opened: {
      get: (page) => page.opened,
      set(page, analysis) {
        page.opened = analysis
        Windows.name(page, analysis?.paths ?? null, analysis?.name ?? '')
        for (const path of analysis?.paths ?? []) app.addRecentDocument(path)
      },
    },
    progressed: (page, share) => Windows.progress(page, share),
    recentChanged,
  }
}

/** The system's dialog for one or more captures; empty when it was closed. */
export async function chooseCaptures(page: DesktopPage | null): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions = {
    title: 'Open captures',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Captures', extensions: [...captureExtensions, 'gz', 'zst', 'lz4'] },
      { name: 'All files', extensions: ['*'] },
    ],
  }
  const chosen =
    page === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(page.window, options)
  return chosen.canceled ? [] : chosen.filePaths
}

export function themeFacts(): Pick<HostFacts, 'isDark' | 'isHighContrast'> {
  return {
    isDark: nativeTheme.shouldUseDarkColors,
    isHighContrast: nativeTheme.shouldUseHighContrastColors,
  }
}

function platformName(): HostFacts['platform'] {
  if (process.platform === 'darwin') return 'mac'
  if (process.platform === 'win32') return 'windows'
  return process.platform === 'linux' ? 'linux' : 'other'
}

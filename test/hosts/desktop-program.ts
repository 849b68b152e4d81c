/** Starts the main process against the stand-in and opens its pages as the preload script does. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import {
  bridgeName,
  createHost,
  type DesktopBridge,
  desktopTransport,
  type Host,
} from '../../src/contract/index.ts'
import type * as StandIn from './electron-stand-in.ts'

export interface DesktopProgram {
  readonly electron: typeof StandIn
  readonly dataFolder: string
  /** The newest window's page, with the bridge its own preload script made. */
  page(window?: StandIn.BrowserWindow): Promise<Host>
  stop(): void
}

/**
 * `argv` are the arguments after the program's own two; `data` are files the person's folder holds already. The caller
 * has replaced `electron` by the stand-in.
 */
export async function startDesktop(
  argv: readonly string[] = [],
  data: Readonly<Record<string, string>> = {},
): Promise<DesktopProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'desktop-'))
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  for (const [name, text] of Object.entries(data)) writeFileSync(join(dataFolder, name), text)
  const before = { argv: process.argv, data: process.env['NTA_DATA_FOLDER'] }
  process.env['NTA_DATA_FOLDER'] = dataFolder
  process.argv = ['electron', '.', ...argv]

  const electron = (await import('electron')) as unknown as typeof StandIn
  electron.resetElectron(folder)
  const { start } = await import('../../src/main/start.ts')
  const listenersBefore = process.listeners('uncaughtException')
  await start()
  process.argv = before.argv

  return {
    electron,
    dataFolder,
    async page(window = electron.electronState.windows.at(-1)!) {
      electron.electronState.rendererOf = window.webContents
      // Each window runs its preload script anew, with an `ipcRenderer` of its own.
      vi.resetModules()
      await import('../../src/preload/index.ts')
      const bridge = electron.electronState.given.get(`bridge ${window.webContents.id} ${bridgeName}`)
      return createHost(desktopTransport(bridge as DesktopBridge))
    },
    stop() {
      electron.app.quit()
      for (const child of electron.electronState.utilityProcesses) child.kill()
      for (const listener of process.listeners('uncaughtException')) {
        if (!listenersBefore.includes(listener)) process.off('uncaughtException', listener)
      }
      process.removeAllListeners('unhandledRejection')
      if (before.data === undefined) delete process.env['NTA_DATA_FOLDER']
      else process.env['NTA_DATA_FOLDER'] = before.data
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

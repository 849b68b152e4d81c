/** Electron's program file: whether it is there, whether it can be had, and in one line why not. */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A download of about 120 MB on a slow line; a network that swallows packets must not hold the start for ever. */
const DOWNLOAD_PATIENCE_MS = 10 * 60_000

export type ElectronBinary = { readonly path: string } | { readonly missing: string }

/** The folder of the npm package, which since version 42 no longer brings the program file with it. */
const packageFolder = (): string => dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/** The program file, downloaded when it is not there; else one sentence on why there is none. */
export function electronBinary(environment: NodeJS.ProcessEnv = process.env): ElectronBinary {
  const display = missingDisplay(process.platform, environment)
  if (display !== null) return { missing: display }
  const folder = packageFolder()
  const installed = installedBinary(folder, environment)
  if (installed !== null) return { path: installed }

  const { status, stderr, error } = spawnSync(process.execPath, [join(folder, 'install.js')], {
    encoding: 'utf8',
    timeout: DOWNLOAD_PATIENCE_MS,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const downloaded = status === 0 ? installedBinary(folder, environment) : null
  if (downloaded !== null) return { path: downloaded }
  const reason = error === undefined ? reasonIn(stderr) : error.message
  return { missing: `Electron's program file is missing and could not be downloaded (${reason})` }
}

/** Null unless every file the package's own installer checks for is there. */
export function installedBinary(folder: string, environment: NodeJS.ProcessEnv): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const dist = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const path = join(dist, readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : null
}

/** Over SSH or in a container there is nothing a window could appear on. */
export function missingDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | null {
  if (platform !== 'linux') return null
  const hasDisplay = (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
  return hasDisplay ? null : 'This session has no display for a window'
}

/** What an error's text says first, without the stack below it. */
export function reasonIn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const first = lines.find((line) => line !== '' && !line.startsWith('at ')) ?? 'no reason given'
  return first.replace(/^(Uncaught )?(\w*Error): /, '').slice(0, 200)
}

/**
 * `npm start [-- capture…] [--browser]`: the desktop window where Electron is there or can be had, else the same
 * interface in a browser, saying why in one line.
 */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { electronBinary, reasonIn } from './electron-binary.ts'
import { isUpToDate, keepFingerprint, sourceFingerprint } from './source-fingerprint.js'

/** A program that cannot start ends within this; one that a person has closed has been open longer. */
const START_FAILURE_MS = 5000

const builtFile: Readonly<Record<string, string>> = {
  cli: 'out/cli/nta.mjs',
  web: 'out/web/index.html',
  desktop: 'out/main/index.mjs',
}

const asked = process.argv.slice(2)
const captures = asked
  .filter((argument) => argument !== '--browser')
  // npm moves to the project's folder; paths on the command line are from where npm was called.
  .map((path) => (path.startsWith('-') ? path : resolve(process.env['INIT_CWD'] ?? '.', path)))

const reason = asked.includes('--browser') ? 'A browser was asked for' : await openDesktop()
if (reason !== null) {
  console.log(`${reason}: opening the same interface in a browser.`)
  await openInBrowser()
}

/** Null when the window was open; else why there was none. */
async function openDesktop(): Promise<string | null> {
  const binary = electronBinary()
  if ('missing' in binary) return binary.missing
  buildWhenStale('desktop', ['desktop'])
  const startMs = performance.now()
  const child = spawn(binary.path, ['.', ...captures], { stdio: ['inherit', 'inherit', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000)
    process.stderr.write(text)
  })
  const status = await new Promise<number | null>((settle) => {
    child.once('error', (error) => {
      errors = error.message
      settle(1)
    })
    child.once('close', settle)
  })
  const hasFailed = status !== 0 && performance.now() - startMs < START_FAILURE_MS
  if (!hasFailed) process.exitCode = status ?? 0
  return hasFailed ? `The desktop window did not open (${reasonIn(errors)})` : null
}

async function openInBrowser(): Promise<void> {
  buildWhenStale('web', ['cli', 'web'])
  const child = spawn(process.execPath, ['out/cli/nta.mjs', 'serve', ...serveArguments()], {
    stdio: 'inherit',
  })
  // Ctrl+C reaches both; the child closes what it holds, and this waits for it. Other signals reach only this.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise<number>((settle) => child.once('close', (code) => settle(code ?? 0)))
}

/** Without a capture, what may be opened is what lies where the person stood. */
function serveArguments(): readonly string[] {
  return captures.some((path) => !path.startsWith('-'))
    ? captures
    : [...captures, process.env['INIT_CWD'] ?? '.']
}

function buildWhenStale(name: string, parts: readonly string[]): void {
  const fingerprint = sourceFingerprint([
    'src',
    'tools',
    'package.json',
    'package-lock.json',
    'electron.vite.config.ts',
  ])
  const file = `out/.${name}-sources`
  const isBuilt = parts.every((part) => existsSync(builtFile[part] ?? ''))
  if (isBuilt && isUpToDate(file, fingerprint)) return
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'tools/build.ts', ...parts], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
  keepFingerprint(file, fingerprint)
}

/**
 * The window in real Electron, wherever its program file is present; elsewhere every test here is reported as skipped.
 * Not verified in real Electron here: written where there is none.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { installedBinary, missingDisplay } from '../tools/electron-binary.ts'

const packageFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
const executablePath = installedBinary(packageFolder, process.env)
const missing =
  executablePath === null
    ? "Electron's program file is not installed (npx install-electron)"
    : missingDisplay(process.platform, process.env)
test.skip(missing !== null, missing ?? '')

const capture = resolve('samples/port-scan.pcapng')
let folder: string
let program: ElectronApplication
let page: Page

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-'))
  program = await _electron.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['.', capture],
    env: { ...(process.env as Record<string, string>), NTA_DATA_FOLDER: folder },
  })
  page = await program.firstWindow()
})
test.afterEach(async () => {
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

test('opens the capture it was started with, and names the window after it', async () => {
  await expect(page.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
  const titles = await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  )
  expect(titles).toEqual(['port-scan.pcapng – Network Traffic Analyzer'])
})

test('gives the page two functions and no Node', async () => {
  const reachable = await page.evaluate(() => ({
    bridge: Object.keys((window as unknown as { nta: object }).nta).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    url: location.href,
  }))
  expect(reachable).toEqual({ bridge: ['registerFile', 'start'], node: [], url: 'app://ui/index.html' })
})

test('reaches no network, opens no window and leaves its page for nothing', async () => {
  const outcome = await page.evaluate(async () => {
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    )
    const opened = window.open('https://example.com') === null ? 'refused' : 'opened'
    location.href = 'https://example.com'
    return { fetched, opened }
  })
  expect(outcome).toEqual({ fetched: 'refused', opened: 'refused' })
  await expect(page).toHaveURL('app://ui/index.html')
})

test('names the death of its analyzer, and reads again', async () => {
  await expect(page.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
  const killed = await program.evaluate(({ app }) => {
    const analyzer = app.getAppMetrics().find(({ name }) => name?.startsWith('nta-analyzer') ?? false)
    if (analyzer !== undefined) process.kill(analyzer.pid, 'SIGKILL')
    return analyzer !== undefined
  })
  expect(killed).toBe(true)
  await expect
    .poll(() => readFileSync(join(folder, 'nta.log'), 'utf8'))
    .toMatch(/analyzer: process ended .*reason killed/)
})

test('has a menu whose commands reach the page', async () => {
  await expect(page.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
  await program.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&View')
    view?.submenu?.items.find(({ label }) => label === 'Scanners')?.click()
  })
  await expect(page).toHaveTitle(/Scanners/)
})

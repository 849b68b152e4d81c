/**
 * How the window feels with a large capture: `npx tsx bench/window.ts [NAME…] [--runs N]`, after `npm run build`.
 *
 * Drives the browser twin in Chromium as a person would, and prints for each run: when the start page can be used, when
 * a chosen capture first moves and first shows something, the first sort and the next ones, a filter, what scrolling
 * holds up, the largest message, and the memory of the process that draws the page. Nothing is judged.
 */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { servedUrl } from '../e2e/support/served-url.ts'
import { findBrowser } from '../tools/find-browser.ts'
import { storedCapture } from './generate/stored-captures.ts'
import { describeMachine } from './machine.ts'
import { watchPage } from './window-page.ts'

const PATIENCE_MS = 300_000
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
})

console.log(describeMachine())
for (const name of positionals.length > 0 ? positionals : ['conversations-1m.pcap', 'realistic.pcap']) {
  const { path, byteCount } = await storedCapture(name, undefined, console.log)
  for (let run = 1; run <= Number(values.runs); run++) {
    console.log(`${name}, ${(byteCount / 1e6).toFixed(0)} MB, run ${run}`)
    await measureWindow(path)
  }
}

async function measureWindow(capture: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'window-'))
  const server = spawn(process.execPath, ['out/cli/nta.mjs', 'serve', '--no-open', dirname(capture)], {
    env: { ...process.env, NTA_DATA_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(watchPage)
    await page.goto(await servedUrl(server))
    await page.getByText('Drop captures anywhere').waitFor()
    tell('start page usable', ms(await now(page)))
    await openIn(page, capture)
    await sortAndFilter(page)
    await scroll(page)
    const messages = await page.evaluate(() => watched.messages)
    tell('largest message', kilobytes(Math.max(...messages.map((one) => one.characterCount))))
    tell('memory of the page', await rendererMemory(browser))
  } finally {
    await browser.close()
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openIn(page: Page, capture: string): Promise<void> {
  await page.keyboard.press('Control+o')
  // Its size follows the name.
  const name = basename(capture).replace(/\W/g, '\\$&')
  const entry = page.getByRole('button', { name: new RegExp(`^${name}\\s*\\d`) })
  await entry.waitFor()
  // Seen from inside the page: what drives it looks only now and then.
  await page.evaluate(() => {
    const clicked = { atMs: 0, shownMs: 0 }
    Object.assign(globalThis, { clicked })
    addEventListener('click', () => (clicked.atMs ||= performance.now()), { capture: true, once: true })
    new MutationObserver(() => {
      if (clicked.shownMs === 0 && document.querySelector('main canvas') !== null)
        requestAnimationFrame(() => (clicked.shownMs ||= performance.now()))
    }).observe(document.body, { subtree: true, childList: true })
  })
  await entry.click()
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor({ state: 'detached' })
  const { atMs, shownMs } = await page.evaluate(
    () => (globalThis as unknown as { clicked: { atMs: number; shownMs: number } }).clicked,
  )
  const messages = (await page.evaluate(() => watched.messages)).filter((one) => one.atMs >= atMs)
  const of = (kind: string) => messages.filter((one) => one.kind === kind).map((one) => one.atMs - atMs)
  const told = [...of('progress'), ...of('partial')].sort((one, other) => one - other)
  const endMs = of('outcome').find((at) => at > (told.at(-1) ?? 0)) ?? NaN
  const moving = [...told, endMs]
  tell('first progress', ms(moving[0] ?? NaN))
  tell('longest time without any news', ms(Math.max(...moving.slice(1).map((at, i) => at - moving[i]!))))
  tell('first partial result arrived, and shown', `${ms(of('partial')[0] ?? NaN)}, ${ms(shownMs - atMs)}`)
  tell('partial results', String(of('partial').length))
  tell('read to the end', ms(endMs))
}

async function sortAndFilter(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Conversations' }).click()
  const grid = page.getByRole('grid', { name: 'Conversations' })
  await grid.locator('[data-place]').first().waitFor()
  for (const column of ['Originator', 'Packets', 'Responder', 'First seen']) {
    await page.evaluate(() => performance.clearResourceTimings())
    await grid.getByRole('button', { name: new RegExp(`^${column}`) }).click()
    tell(`sorted by ${column}`, ms(await answerTime(page)))
  }
  await page.evaluate(() => performance.clearResourceTimings())
  await page.getByRole('textbox', { name: 'Filter by text' }).fill('10.0.7.')
  tell('filtered by text', ms(await answerTime(page)))
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
}

async function scroll(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Conversations' })
  await page.evaluate(() => (watched.longTasks.length = 0))
  await grid.hover()
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 400)
  await grid.focus()
  for (let turn = 0; turn < 40; turn++) await page.keyboard.press('PageDown')
  const tasks = await page.evaluate(() => watched.longTasks)
  tell('tasks over 50 ms while scrolling', `${tasks.length}, the longest ${ms(Math.max(0, ...tasks))}`)
}

/** How long the last answer with rows took, as the page saw it. */
async function answerTime(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('/call/rows'))
        .map((entry) => entry.duration)[0],
  )
  return (await handle.jsonValue()) ?? NaN
}

/** Of the process that draws the page; shared pages counted by their share. */
async function rendererMemory(browser: Browser): Promise<string> {
  if (process.platform !== 'linux') return 'not told here'
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]))
  return `${(Math.max(...sizes) / 1024).toFixed(0)} MiB`
}

function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now())
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}

function kilobytes(characters: number): string {
  return `${(characters / 1000).toFixed(0)} kB`
}

function tell(what: string, value: string): void {
  console.log(`  ${what.padEnd(42)} ${value}`)
}

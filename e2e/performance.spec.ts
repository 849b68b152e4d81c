/**
 * How the browser twin behaves with a million conversations. Times are printed, not asserted: a busy machine is no
 * fault of the program. What does not depend on the machine is asserted: rows on the page, sizes of messages.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeManyConversations } from './support/captures.ts'
import { expect, test } from './support/serve.ts'

const conversationCount = 1_000_000
const report = (what: string, value: string): void => console.log(`      ${what.padEnd(46)} ${value}`)
const ms = (value: number): string => `${value.toFixed(0)} ms`

/** Milliseconds each call of a method took, as the page saw it. */
function callTimes(page: Page, method: string): Promise<number[]> {
  return page.evaluate(
    (name) =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith(`/call/${name}`))
        .map((entry) => entry.duration),
    method,
  )
}

function largestAnswer(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...(performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((entry) => /\/call\/(?!analyze|hostEvents)/.test(entry.name))
        .map((entry) => entry.decodedBodySize),
    ),
  )
}

/** Memory of the process that draws the page, in bytes, shared pages counted by their share; null where the system does not tell. */
async function rendererMemory(page: Page): Promise<number | null> {
  const browser = page.context().browser()
  if (browser === null || process.platform !== 'linux') return null
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(
      ({ id }) =>
        Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024,
    )
  return Math.max(...sizes)
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapTotalSize')?.value ?? 0
}

test('a million conversations are sorted, filtered and scrolled', async ({ page, workplace }) => {
  test.setTimeout(300_000)
  const capture = join(workplace.folder, 'million.pcap')
  writeManyConversations(capture, conversationCount, 40)
  const { url } = await workplace.serve(workplace.folder)
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(window, { longTasks: tasks })
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({ type: 'longtask' })
  })

  await page.goto(url)
  await page.getByText('Drop captures anywhere').waitFor()
  report('start page usable after', ms(await page.evaluate(() => performance.now())))

  await page.keyboard.press('Control+o')
  const entry = page.getByRole('button', { name: /million\.pcap/ })
  await entry.waitFor()
  const clicked = await page.evaluate(() => performance.now())
  await entry.click()
  await page.getByRole('heading', { name: 'Bandwidth over time' }).waitFor()
  report('first partial result after', ms((await page.evaluate(() => performance.now())) - clicked))
  await expect(page.getByRole('banner')).toContainText(conversationCount.toLocaleString('en-GB'), {
    timeout: 240_000,
  })
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor({ state: 'detached', timeout: 240_000 })
  report('read to the end after', ms((await page.evaluate(() => performance.now())) - clicked))

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Conversations' }).click()
  const grid = page.getByRole('grid', { name: 'Conversations' })
  const rows = grid.locator('[data-place]')
  await expect(page.getByText('1,000,000 conversations')).toBeVisible()

  for (const column of ['Originator', 'Packets', 'First seen']) {
    await page.evaluate(() => performance.clearResourceTimings())
    await grid.getByRole('button', { name: new RegExp(`^${column}`) }).click()
    await expect.poll(async () => (await callTimes(page, 'rows')).length).toBeGreaterThan(0)
    report(`sorted by ${column} in`, ms(Math.max(...(await callTimes(page, 'rows')))))
  }
  await page.evaluate(() => performance.clearResourceTimings())
  await page.getByRole('textbox', { name: 'Filter by text' }).fill('10.0.7.')
  await expect(page.getByText(/ of 1,000,000 conversations/)).toBeVisible()
  report('filtered by text in', ms(Math.max(...(await callTimes(page, 'rows')))))
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.getByText('1,000,000 conversations')).toBeVisible()

  await page.evaluate(() => ((window as unknown as { longTasks: number[] }).longTasks.length = 0))
  await grid.hover()
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 400)
  await grid.focus()
  for (let turn = 0; turn < 40; turn++) await page.keyboard.press('PageDown')
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)
  report('long tasks while scrolling', `${tasks.length}, the longest ${ms(Math.max(0, ...tasks))}`)

  await page.keyboard.press('End')
  await expect(grid.locator(`[data-place="${conversationCount - 1}"]`)).toBeVisible()
  await expect(
    grid.locator(`[data-place="${conversationCount - 1}"] [role="gridcell"]`).first(),
  ).toContainText('udp')
  expect(await rows.count()).toBeLessThan(120)
  expect(await largestAnswer(page)).toBeLessThan(1_000_000)
  const memory = await rendererMemory(page)
  report('memory of the page', memory === null ? 'not told here' : `${(memory / 1e6).toFixed(0)} MB`)
  report('of it JavaScript', `${((await heapBytes(page)) / 1e6).toFixed(0)} MB`)
})

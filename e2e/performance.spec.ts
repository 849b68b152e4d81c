/**
 * The page with a million conversations: what does not depend on the machine is held here, rows on the page and sizes
 * of messages. How long things take is measured by bench/window.ts.
 */

import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { messageBytesMax } from '../src/contract/index.ts'
import { writeManyConversations } from './support/captures.ts'
import { expect, test } from './support/serve.ts'

const conversationCount = 1_000_000

/** Bytes of the largest answer the page has had, those that go on for ever aside. */
function largestAnswer(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...(performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((entry) => /\/call\/(?!analyze|hostEvents)/.test(entry.name))
        .map((entry) => entry.decodedBodySize),
    ),
  )
}

test('a million conversations are sorted, filtered and scrolled, few of them on the page', async ({
  page,
  workplace,
}) => {
  test.setTimeout(300_000)
  const capture = join(workplace.folder, 'million.pcap')
  writeManyConversations(capture, conversationCount, 40)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor()
  await page.getByRole('button', { name: 'Cancel' }).first().waitFor({ state: 'detached', timeout: 240_000 })

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Conversations' }).click()
  const grid = page.getByRole('grid', { name: 'Conversations' })
  const rows = grid.locator('[data-place]')
  const all = page.getByRole('status').filter({ hasText: /^1,000,000 conversations$/ })
  await expect(all).toBeVisible()
  for (const column of ['Originator', 'Packets', 'First seen']) {
    await grid.getByRole('button', { name: new RegExp(`^${column}`) }).click()
    await expect(grid.getByRole('columnheader', { name: new RegExp(`^${column}`) })).toHaveAttribute(
      'aria-sort',
      /ending/,
    )
  }
  await page.getByRole('textbox', { name: 'Filter by text' }).fill('10.0.7.')
  await expect(page.getByText(/ of 1,000,000 conversations/)).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(all).toBeVisible()

  await grid.hover()
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 400)
  await grid.focus()
  for (let turn = 0; turn < 20; turn++) await page.keyboard.press('PageDown')
  await page.keyboard.press('End')
  const last = grid.locator(`[data-place="${conversationCount - 1}"]`)
  await expect(last.getByRole('gridcell').first()).toContainText('udp')
  expect(await rows.count()).toBeLessThan(120)
  // No two rows share a place, and every place is its row's: elements are used again while scrolling.
  const places = await rows.evaluateAll((elements) =>
    elements.map((element) => [Number(element.dataset['place']), Number(element.ariaRowIndex)]),
  )
  expect(new Set(places.map(([place]) => place)).size).toBe(places.length)
  for (const [place, index] of places) expect(index).toBe(place! + 2)
  expect(await largestAnswer(page)).toBeLessThan(messageBytesMax)
})

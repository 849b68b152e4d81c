/** How the window holds together: in a small size, under the keys alone, with a filter, with a slider moved. */

import type { Page } from '@playwright/test'
import { openOffice } from './support/open-capture.ts'
import { nav } from './support/page-parts.ts'
import { expect, test } from './support/serve.ts'

const grid = (page: Page, name: string) => page.getByRole('grid', { name })

test.beforeEach(({ page, workplace }) => openOffice(page, workplace))

test('keeps a complete result while the threshold slider is moved', async ({ page }) => {
  const before = await nav(page, 'Conversations').innerText()
  await nav(page, 'Scanners').click()
  await page.getByRole('tab', { name: 'Other thresholds' }).click()
  await expect(page.getByText(/sources? flagged/).first()).toBeVisible()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/call/whatIf')) asked.push(request.postData() ?? '')
  })
  await page.getByRole('slider').focus()
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowLeft')
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  await expect(page.getByText(/sources? flagged/).first()).toBeVisible()
  // The curve does not depend on where the handle stands.
  expect(asked.filter((question) => !question.includes('"curve":null'))).toEqual([])
  expect(await nav(page, 'Conversations').innerText()).toBe(before)
})

test('names who was scanned and on which ports, and tells a finding without its source', async ({ page }) => {
  await nav(page, 'Scanners').click()
  const header = grid(page, 'Flagged scanners').getByRole('columnheader')
  await expect(header.filter({ hasText: 'Target' })).toBeVisible()
  await expect(header.filter({ hasText: /^Ports/ })).toBeVisible()
  await nav(page, 'Findings').click()
  const row = grid(page, 'Findings').locator('[data-place]').first()
  const cells = row.getByRole('gridcell')
  const source = (await cells.nth(1).innerText()).trim()
  expect(source).toMatch(/^10\./)
  expect(await cells.nth(2).innerText()).not.toContain(`${source} `)
})

test('leaves the room of a small window to its tables, and shows that there is more', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 })
  const sidebar = await page.getByRole('navigation', { name: 'Pages' }).boundingBox()
  expect(sidebar!.width).toBeLessThan(80)
  await nav(page, 'Conversations').click()
  const table = grid(page, 'Conversations')
  await expect(table).toBeVisible()
  const overflow = await table.evaluate((element) => ({
    isWider: element.scrollWidth > element.clientWidth,
    bar: getComputedStyle(element, '::-webkit-scrollbar').height,
  }))
  expect(overflow).toEqual({ isWider: true, bar: '12px' })
})

test('never leaves the keys without a place', async ({ page }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(grid(page, 'Flagged scanners')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'All scanners' })).toBeVisible()
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  await page.keyboard.press('Control+o')
  await expect(page.getByRole('region', { name: 'Open from this machine' })).toBeFocused()
})

test('says what a filter does not narrow', async ({ page }) => {
  await page.keyboard.press('/')
  await page.keyboard.type('zzz')
  await expect(page.getByText('These totals are of the whole capture.')).toBeVisible()
  await expect(page.getByText('counted in the whole capture')).toBeVisible()
})

test('tables show all their columns in a window of a laptop, and no severity is cut', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 900 })
  for (const [name, table] of [
    ['Conversations', 'Conversations'],
    ['Scanners', 'Flagged scanners'],
    ['Findings', 'Findings'],
  ] as const) {
    await nav(page, name).click()
    await expect(grid(page, table).locator('[data-place]').first()).toBeVisible()
    const over = await grid(page, table).evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(over, table).toBeLessThanOrEqual(0)
  }
  const cut = await grid(page, 'Findings')
    .locator('[data-place]')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const cell = row.querySelector('[role="gridcell"]')!
        return cell.scrollWidth - cell.clientWidth
      }),
    )
  expect(Math.max(...cut)).toBeLessThanOrEqual(0)
})

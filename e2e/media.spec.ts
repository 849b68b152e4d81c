/** Pages where the person's system, or paper, decides about colours: nothing is lost with them. */

import type { Locator } from '@playwright/test'
import { openOffice } from './support/open-capture.ts'
import { nav } from './support/page-parts.ts'
import { expect, test } from './support/serve.ts'

const styleOf = (at: Locator, name: string) =>
  at.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)

test.beforeEach(({ page, workplace }) => openOffice(page, workplace))

test.describe('with forced colours', () => {
  test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: 'active' }))

  test('panels and buttons have edges, charts keep a ground of their own', async ({ page }) => {
    for (const at of [page.locator('.panel').first(), page.locator('.button').first()]) {
      expect(await styleOf(at, 'border-top-style')).toBe('solid')
      expect(await styleOf(at, 'border-top-width')).not.toBe('0px')
    }
    const chart = page.locator('canvas').first()
    expect(await styleOf(chart, 'background-color')).not.toBe('rgba(0, 0, 0, 0)')
    expect(await styleOf(chart, 'forced-color-adjust')).toBe('none')
  })

  test('what colour says is said in words or signs too', async ({ page }) => {
    await nav(page, 'Scanners').click()
    const grid = page.getByRole('grid', { name: 'Flagged scanners' })
    await expect(grid.locator('[data-place]')).toHaveCount(2)
    for (const row of await grid.locator('[data-place]').all())
      await expect(row).toContainText(/critical|high|medium|low/i)
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    const active = grid.locator('.row.active')
    expect(await styleOf(active, 'outline-style')).toBe('solid')
    await expect(nav(page, 'Scanners')).toHaveAttribute('aria-current', 'page')
  })
})

test.describe('on paper', () => {
  for (const [name, heading] of [
    ['Overview', 'Bandwidth over time'],
    ['Findings', 'Findings'],
    ['Capture', 'Capture'],
  ] as const) {
    test(`${name} is printed at full length, in dark ink and without controls`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await nav(page, name).click()
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeAttached()
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      // A page of A4 with the browser's usual margins.
      await page.setViewportSize({ width: 718, height: 1047 })
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden()
      await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden()
      const main = page.locator('main')
      expect(await styleOf(main, 'overflow-y')).toBe('visible')
      expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
        1,
      )
      const ink = (await styleOf(main, 'color')).match(/\d+/g)!.map(Number)
      expect(Math.max(...ink.slice(0, 3))).toBeLessThan(128)
    })
  }
})

/** Another threshold, another verdict: what if, reading again, explanations and the allow-list, in the browser twin. */

import { join } from 'node:path'
import { writeSweepCapture } from './support/captures.ts'
import { nav, rowsOf, wholeOverview } from './support/page-parts.ts'
import { expect, test } from './support/serve.ts'

test.describe('with a ping sweep', () => {
  const scanner = '10.0.0.68'

  test.beforeEach(async ({ page, workplace }) => {
    const capture = join(workplace.folder, 'sweep.pcap')
    writeSweepCapture(capture)
    const { url } = await workplace.serve(capture)
    await page.goto(url)
    await expect(wholeOverview(page)).toBeVisible()
    await nav(page, 'Scanners').click()
    await expect(page.getByRole('button', { name: scanner, exact: true })).toBeVisible()
  })

  test('reads again with another threshold, and the scanner is gone from the table', async ({ page }) => {
    await nav(page, 'Settings').click()
    await page.getByRole('tab', { name: 'Thresholds' }).click()
    const field = page.locator('#host-sweep-unansweredTargets')
    await expect(field).toHaveValue('10')
    await field.fill('none')
    await field.blur()
    await expect(page.getByText('Unanswered targets must be a number of at least 0.')).toBeVisible()
    await expect(field).toHaveValue('10')
    await field.fill('40')
    await field.blur()
    await expect(page.getByText(/1 differ from the defaults/)).toBeVisible()
    await page.getByRole('button', { name: 'Read the capture again' }).click()
    await nav(page, 'Scanners').click()
    await expect(page.getByText('No source was flagged as a scanner')).toBeVisible()
    await expect(page.getByRole('button', { name: scanner, exact: true })).toBeHidden()

    await page.reload()
    await nav(page, 'Settings').click()
    await page.getByRole('tab', { name: 'Thresholds' }).click()
    await expect(field).toHaveValue('40')
    await page.getByRole('button', { name: /Unanswered targets back to its default, 10/ }).click()
    await page.getByRole('button', { name: 'Read the capture again' }).click()
    await nav(page, 'Scanners').click()
    await expect(page.getByRole('button', { name: scanner, exact: true })).toBeVisible()
  })

  test('tells who would be flagged elsewhere on the slider, without reading again', async ({ page }) => {
    await page.getByRole('tab', { name: /Other thresholds/ }).click()
    await page.getByRole('combobox', { name: /^Rule/ }).selectOption('host-sweep')
    await page.getByRole('combobox', { name: /^Threshold/ }).selectOption('unansweredTargets')
    const outcome = page.getByRole('status').filter({ hasText: /flagged/ })
    await expect(outcome).toContainText('1 source flagged · the same as in this run')
    const slider = page.getByRole('slider', { name: /Unanswered targets/ })
    await slider.focus()
    await page.keyboard.press('End')
    await expect(slider).toHaveAttribute('aria-valuenow', '40')
    await expect(outcome).toContainText('0 sources flagged · 0 more, 1 fewer than in this run')
    await expect(page.getByRole('list', { name: 'Sources' })).toContainText(/10\.0\.0\.68.*no longer/)
    for (let step = 0; step < 19; step++) await page.keyboard.press('ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuenow', '21')
    await expect(outcome).toContainText('1 source flagged · the same as in this run')
  })

  test('explains every rule, and every number of it', async ({ page }) => {
    await nav(page, 'Settings').click()
    await page.getByRole('tab', { name: 'Thresholds' }).click()
    const rule = page.getByRole('region', { name: 'Search for hosts' })
    await expect(rule).toContainText('asks many addresses whether anybody is there')
    await expect(rule).not.toContainText('Slips')
    await page.getByRole('button', { name: 'Explain every number' }).click()
    await expect(rule).toContainText('Higher')
    await expect(rule).toContainText('misses small sweeps')
    await expect(rule).toContainText('Slips')
    await page.getByRole('searchbox', { name: 'Find a threshold' }).fill('half open')
    await expect(rule).toBeHidden()
    await expect(page.getByRole('region', { name: 'SYN flood' })).toBeVisible()
  })

  test('authorises a sweep of one network, and not of another', async ({ page }) => {
    const allow = async (target: string): Promise<void> => {
      await nav(page, 'Settings').click()
      await page.getByRole('tab', { name: 'Allow-list' }).click()
      await page.getByLabel('From', { exact: true }).fill(scanner)
      await page.getByLabel('To', { exact: true }).fill(target)
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await expect(page.getByRole('cell', { name: target, exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Read the capture again' }).click()
      await nav(page, 'Findings').click()
      await expect(rowsOf(page, 'Findings')).toHaveCount(1)
    }
    await allow('192.0.2.0/24')
    await expect(rowsOf(page, 'Findings')).not.toContainText('authorised')
    await allow('10.0.2.0/24')
    await expect(rowsOf(page, 'Findings')).toContainText('authorised')
  })
})

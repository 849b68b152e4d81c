/** The browser twin as a person uses it: the built program, served, driven in Chromium. */

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Download, Page } from '@playwright/test'
import { openOffice } from './support/open-capture.ts'
import { heading, nav, rowsOf, wholeOverview } from './support/page-parts.ts'
import { expect, test } from './support/serve.ts'

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8')
}

async function save(page: Page, entry: RegExp): Promise<Download> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('menuitem', { name: entry }).click()
  return download
}

/** Exit status of `nta verify`. */
function verify(report: string, capture: string): number | null {
  return spawnSync(process.execPath, ['out/cli/nta.mjs', 'verify', report, capture]).status
}

test('opens a sample from the start page', async ({ page, workplace }) => {
  const { url } = await workplace.serve(resolve('samples'))
  await page.goto(url)
  await page
    .getByRole('button', { name: /port scan/i })
    .first()
    .click()
  await expect(wholeOverview(page)).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('1,092 packets')
  expect(page.url()).not.toContain('token')
})

test.describe('with an office capture', () => {
  test.beforeEach(({ page, workplace }) => openOffice(page, workplace))

  test('shows who scanned, with evidence', async ({ page }) => {
    await nav(page, 'Scanners').click()
    await expect(rowsOf(page, 'Flagged scanners')).toHaveCount(2)
    await page.getByRole('button', { name: '10.0.0.66', exact: true }).click()
    await expect(heading(page, 'Why it was flagged')).toBeVisible()
    await expect(
      page.getByRole('img', { name: /probes over time by outcome; the rule fired at frame/ }),
    ).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Ports touched' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'What it learned' })).toContainText('22, 80')
    await expect(page.getByText('ip.src == 10.0.0.66')).toBeVisible()
    await page.goBack()
    await expect(rowsOf(page, 'Flagged scanners')).toHaveCount(2)
  })

  test('selects a time range by dragging, and Escape shows everything again', async ({ page }) => {
    const chart = page.getByRole('img', { name: /^Bandwidth over time/ })
    const box = (await chart.boundingBox())!
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 8 })
    await page.mouse.up()
    const chip = page.getByRole('button', { name: 'Show the whole time range' })
    await expect(chip).toBeVisible()

    await nav(page, 'Conversations').click()
    const status = page.getByRole('status').filter({ hasText: 'conversations' })
    await expect(status).toContainText(' of ')
    // Escape closes the menu, and only the next one shows everything.
    await rowsOf(page, 'Conversations').first().click({ button: 'right' })
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await expect(chip).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(chip).toBeHidden()
    await expect(status).not.toContainText(' of ')
    await page.goBack()
    await expect(chip).toBeVisible()
  })

  test('filters every page by text and by chips, and goes back step by step', async ({ page }) => {
    await nav(page, 'Conversations').click()
    await page.keyboard.press('/')
    await page.keyboard.type('10.0.0.66')
    const status = page.getByRole('status').filter({ hasText: 'conversations' })
    await expect(status).toContainText('120 of ')
    await nav(page, 'Overview').click()
    await nav(page, 'Findings').click()
    await expect(rowsOf(page, 'Findings')).toHaveCount(1)
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await expect(rowsOf(page, 'Findings')).toHaveCount(2)

    await nav(page, 'Conversations').click()
    await rowsOf(page, 'Conversations').first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: /^Exclude address 10\.0\.0\.80/ }).click()
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(
      /address is not\s*10\.0\.0\.80/,
    )
    await expect(status).toContainText(' of ')
    await page.getByRole('button', { name: /address is not/ }).click()
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(
      /address is\s*10\.0\.0\.80/,
    )
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(
      /address is not\s*10\.0\.0\.80/,
    )
  })

  test('says so when nothing matches, with a way out', async ({ page }) => {
    await nav(page, 'Conversations').click()
    await page.getByRole('textbox', { name: 'Filter by text' }).fill('nobody is called that')
    await expect(page.getByText('No conversation matches the filter')).toBeVisible()
    await page.getByRole('button', { name: 'Clear all filters' }).click()
    await expect(rowsOf(page, 'Conversations').first()).toBeVisible()
  })

  test('copies addresses and filters from the menu of a row', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await nav(page, 'Scanners').click()
    await page.getByRole('grid', { name: 'Flagged scanners' }).focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy it as Wireshark filter' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^ip\.addr == 10\.0\.0\.6[67]$/)
    // The focus is back where the menu was asked for.
    await expect(page.getByRole('grid', { name: 'Flagged scanners' })).toBeFocused()
  })

  test('saves a report that holds what the page shows, and that the command line gives again', async ({
    page,
    workplace,
  }) => {
    const saved = await save(page, /report/)
    const report = await textOf(saved)
    expect(report).toContain('office.pcap')
    expect(report).toContain('10.0.0.66')
    expect(report).toMatch(/^<!doctype html>/i)
    const path = join(workplace.folder, 'saved.html')
    await saved.saveAs(path)
    const capture = join(workplace.folder, 'office.pcap')
    expect(verify(path, capture)).toBe(0)
    writeFileSync(path, report.replaceAll('10.0.0.66', '10.0.0.65'))
    expect(verify(path, capture)).not.toBe(0)
  })

  test('saves the summary as JSON and what is shown as CSV', async ({ page }) => {
    const summary = JSON.parse(await textOf(await save(page, /JSON/))) as {
      schema: string
      scanners: unknown[]
    }
    expect(summary.schema).toBe('nta.summary/1')
    expect(summary.scanners).toHaveLength(2)

    await nav(page, 'Conversations').click()
    await page.getByRole('textbox', { name: 'Filter by text' }).fill('10.0.0.67')
    await expect(page.getByRole('status').filter({ hasText: '60 of ' })).toBeVisible()
    // Report and summary hold everything, whatever is filtered, and their entries say so.
    const whole = JSON.parse(await textOf(await save(page, /JSON/))) as { scanners: unknown[] }
    expect(whole.scanners).toHaveLength(2)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: /of the whole capture/ })).toHaveCount(2)
    await page.keyboard.press('Escape')
    const lines = (await textOf(await save(page, /Save what is shown/))).trim().split(/\r?\n/)
    expect(lines).toHaveLength(61)

    await page.getByRole('columnheader', { name: /Responder/ }).hover()
    await page.getByRole('button', { name: 'Filter Responder' }).click()
    await page.getByRole('textbox', { name: 'Responder contains' }).fill('10.0.1.1')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('status').filter({ hasText: '11 of ' })).toBeVisible()
    const narrowed = (await textOf(await save(page, /Save what is shown/))).trim().split(/\r?\n/)
    expect(narrowed).toHaveLength(12)
  })

  test('keeps an acknowledgement and a note for the capture', async ({ page }) => {
    await nav(page, 'Findings').click()
    await page.getByRole('button', { name: /^10\.0\.0\.66 scanned/ }).click()
    await page.getByRole('textbox', { name: /Note/ }).fill('Our own scanner, every Sunday')
    await page.getByRole('button', { name: 'Save the note' }).click()
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).click()
    await expect(page.getByRole('button', { name: /Acknowledged/ })).toBeVisible()
    await page.getByRole('button', { name: 'All findings' }).click()
    await expect(page.getByText('acknowledged', { exact: true })).toBeVisible()
    await page.reload()
    await expect(wholeOverview(page)).toBeVisible()
    await nav(page, 'Findings').click()
    await page.getByRole('button', { name: /^10\.0\.0\.66 scanned/ }).click()
    await expect(page.getByRole('textbox', { name: /Note/ })).toHaveValue('Our own scanner, every Sunday')
  })

  test('lists what was opened, and opens it again', async ({ page }) => {
    await nav(page, 'Start').click()
    await expect(page.getByRole('region', { name: 'Recent captures' })).toContainText('office.pcap')
    await page
      .getByRole('region', { name: 'Recent captures' })
      .getByRole('button', { name: /^office\.pcap/ })
      .click()
    await expect(wholeOverview(page)).toBeVisible()
  })

  test('gives the palette the focus before the next key can arrive', async ({ page }) => {
    const focused = await page.evaluate(async () => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))
      // Microtasks alone: what waits for a timer or a frame waits behind keys that are typed already.
      for (let turn = 0; turn < 200; turn++) await Promise.resolve()
      return document.activeElement?.getAttribute('aria-label')
    })
    expect(focused).toBe('Search commands')
  })

  test('runs any command from the palette', async ({ page }) => {
    // Nothing is waited for between the keys: the palette must lose none of a fast typist's.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('who talks')
    await page.keyboard.press('Enter')
    await expect(heading(page, 'Who talks to whom')).toBeVisible()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('10.0.0.67')
    await page.getByRole('option', { name: 'Filter to address 10.0.0.67' }).click()
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('10.0.0.67')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })
})

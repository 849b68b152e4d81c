/** The browser twin as a person uses it: the built program, served, driven in Chromium. */

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Download, Page } from '@playwright/test'
import {
  writeCutCapture,
  writeForeignFile,
  writeManyConversations,
  writeOfficeCapture,
  writeSweepCapture,
} from './support/captures.ts'
import { expect, type Served, test } from './support/serve.ts'

const nav = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const rowsOf = (page: Page, table: string) => page.getByRole('grid', { name: table }).locator('[data-place]')

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
  await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('1,092 packets')
  expect(page.url()).not.toContain('token')
})

test.describe('with an office capture', () => {
  test.beforeEach(async ({ page, workplace }) => {
    const capture = join(workplace.folder, 'office.pcap')
    writeOfficeCapture(capture)
    const { url } = await workplace.serve(capture)
    await page.goto(url)
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  })

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
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
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
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  })

  test('runs any command from the palette', async ({ page }) => {
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

test.describe('with a ping sweep', () => {
  const scanner = '10.0.0.68'

  test.beforeEach(async ({ page, workplace }) => {
    const capture = join(workplace.folder, 'sweep.pcap')
    writeSweepCapture(capture)
    const { url } = await workplace.serve(capture)
    await page.goto(url)
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
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

test('uploads a capture that is dropped on the window', async ({ page, workplace }) => {
  const capture = join(workplace.folder, 'dropped.pcap')
  writeOfficeCapture(capture)
  const { url } = await workplace.serve(workplace.folder)
  await page.goto(url)
  await page.getByText('Drop captures anywhere').waitFor()
  const transfer = await page.evaluateHandle(
    (bytes) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], 'dropped.pcap'))
      return data
    },
    [...readFileSync(capture)],
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('dropped.pcap')
})

test('chooses captures from the folders that were given, several as one', async ({ page, workplace }) => {
  writeOfficeCapture(join(workplace.folder, 'first.pcap'))
  writeManyConversations(join(workplace.folder, 'second.pcap'), 10)
  const { url } = await workplace.serve(workplace.folder)
  await page.goto(url)
  await page.keyboard.press('Control+o')
  await page.getByRole('checkbox', { name: 'Choose first.pcap' }).check()
  await page.getByRole('checkbox', { name: 'Choose second.pcap' }).check()
  await page.getByRole('button', { name: 'Open 2 captures as one' }).click()
  await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('and 1 more')
})

test('says where a cut capture ends, and shows what was readable', async ({ page, workplace }) => {
  const capture = join(workplace.folder, 'cut.pcap')
  writeCutCapture(capture)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(heading(page, 'Bandwidth over time')).toBeVisible()
  await page.getByRole('button', { name: 'damaged' }).click()
  await expect(heading(page, 'How it ends')).toBeVisible()
  await expect(page.getByRole('region', { name: 'How it ends' })).toContainText(/at byte [\d,]+/)
})

test('names a file that is no capture, and offers another', async ({ page, workplace }) => {
  const capture = join(workplace.folder, 'shopping.pcap')
  writeForeignFile(capture)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(page.getByRole('alert')).toContainText('This is not a capture')
  await expect(page.getByRole('alert')).toContainText('shopping.pcap')
  await expect(page.getByRole('button', { name: 'Open another capture…' })).toBeVisible()
})

test('an empty file is told apart from a crash', async ({ page, workplace }) => {
  const capture = join(workplace.folder, 'empty.pcap')
  writeFileSync(capture, '')
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(page.getByRole('alert')).toContainText('This is not a capture')
})

test.describe('with a large capture', () => {
  let served: Served

  test.beforeEach(async ({ page, workplace }) => {
    const capture = join(workplace.folder, 'large.pcap')
    writeManyConversations(capture, 1_500_000, 300)
    served = await workplace.serve(workplace.folder)
    await page.goto(served.url)
    await page.keyboard.press('Control+o')
    await page.getByRole('button', { name: /large\.pcap/ }).click()
  })

  test('shows progress and partial results, and keeps and labels them when cancelled', async ({ page }) => {
    const bar = page.getByRole('progressbar', { name: 'Share of the capture read' })
    await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]/)
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText(/Reading was cancelled\. Everything shown is of the first/)).toBeVisible()
    await nav(page, 'Conversations').click()
    // What was read is summed up first, in a process that may have to share its processor.
    await expect(rowsOf(page, 'Conversations').first()).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText(/Reading was cancelled/)).toBeVisible()
  })

  test('names the death of its analyzer, keeps what it had, and reads again', async ({ page }) => {
    test.skip(process.platform !== 'linux', 'finds the process in /proc')
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
    for (const analyzer of served.analyzers()) process.kill(analyzer, 'SIGKILL')
    const notice = page.getByRole('status').filter({ hasText: 'Everything shown is of the first' })
    await expect(notice).toContainText('The analyzer was ended from outside')
    await expect(notice).toContainText('Close other programs and try again')
    await nav(page, 'Conversations').click()
    await expect(rowsOf(page, 'Conversations').first()).toBeVisible()
    await page.getByRole('button', { name: 'Read again' }).click()
    await expect(page.getByText(/Everything shown is of the first/)).toBeHidden()
    await expect(page.getByRole('progressbar', { name: 'Share of the capture read' })).toBeVisible()
  })
})

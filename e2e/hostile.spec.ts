/**
 * A capture that brings sixty hostile texts in every place from which text reaches the window, under a hostile name: no script, no
 * dialog, no request to anywhere else, and no element or attribute that an ordinary capture does not have.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { payloadCapture } from '../test/hostile/payload-capture.ts'
import { PAYLOADS } from '../test/hostile/payloads.data.ts'
import { concat } from '../test/traffic/index.ts'
import { expect, test } from './support/serve.ts'

const PAGES = ['Overview', 'Scanners', 'Findings', 'Conversations', 'Capture']

/** Everything that should not have happened on the page. */
function incidentsOf(page: Page, isOwn: (url: string) => boolean): string[] {
  const incidents: string[] = []
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') incidents.push(`console: ${message.text()}`)
  })
  page.on('popup', () => incidents.push('popup'))
  page.on('request', (request) => {
    if (!isOwn(request.url())) incidents.push(`request: ${request.url()}`)
  })
  return incidents
}

/** Names of all elements on the page, and of attributes that could run or load something. */
function shapesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const element of document.querySelectorAll('*')) {
      found.push(element.tagName.toLowerCase())
      for (const { name, value } of element.attributes) {
        if (/^(on|src|srcdoc|action|formaction|data$|xlink)/.test(name))
          found.push(`${element.tagName} ${name}`)
        if (/^\s*(javascript|data|vbscript):/i.test(value))
          found.push(`${element.tagName} ${name} ${value.slice(0, 40)}`)
      }
    }
    return found
  })
}

async function walk(page: Page, url: string): Promise<Set<string>> {
  const shapes = new Set<string>()
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
  for (const name of PAGES) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click()
    await expect(page.getByRole('heading').first()).toBeVisible()
    // Where text had become an element with a handler, focusing would set it off.
    for (let step = 0; step < 12; step++) await page.keyboard.press('Tab')
    for (const shape of await shapesOf(page)) shapes.add(shape)
  }
  return shapes
}

test('runs, asks and fetches nothing, in the window and in the saved report', async ({
  page,
  context,
  workplace,
}) => {
  const harmless = join(workplace.folder, 'harmless.pcapng')
  const hostile = join(workplace.folder, '"><img src=x onerror=alert(0)>\u202e.pcapng')
  writeFileSync(harmless, concat(...PAYLOADS.map((_, i) => payloadCapture(`word${i}`))))
  writeFileSync(hostile, concat(...PAYLOADS.map(payloadCapture)))

  const ordinary = await walk(page, (await workplace.serve(harmless)).url)
  const { url } = await workplace.serve(hostile)
  const tested = await context.newPage()
  const incidents = incidentsOf(
    tested,
    (address) => address.startsWith(new URL(url).origin) || address.startsWith('blob:'),
  )
  const shapes = await walk(tested, url)
  expect([...shapes].filter((shape) => !ordinary.has(shape))).toEqual([])
  expect(incidents).toEqual([])

  const saving = tested.waitForEvent('download')
  await tested.getByRole('button', { name: 'Save', exact: true }).click()
  await tested.getByRole('menuitem', { name: /report/i }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^[^<>:"/\\|?*\p{Cc}\p{Cf}]+\.html$/u)
  const report = join(workplace.folder, 'report.html')
  writeFileSync(report, readFileSync(await download.path()))
  const opened = await context.newPage()
  const address = pathToFileURL(report).href
  const inReport = incidentsOf(opened, (one) => one === address)
  await opened.goto(address)
  await opened.locator('h1').hover()
  for (let step = 0; step < 30; step++) await opened.keyboard.press('Tab')
  expect(inReport).toEqual([])
})

/** The report in Chromium: nothing runs, nothing is fetched, everything is reachable, in both themes and on paper. */

import { AxeBuilder } from '@axe-core/playwright'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '../../src/report/render-report.ts'
import { findBrowser } from '../../tools/find-browser.ts'
import { emptySummary } from './empty-summary.ts'
import { hostileSummary } from './hostile-summary.ts'
import { officeSummary } from './office-summary.ts'

const browserPath = findBrowser()
const reports = {
  empty: renderReport(emptySummary(), { timeZone: 'utc' }),
  office: renderReport(officeSummary({ isDamaged: true }), { timeZone: 'utc' }),
  large: renderReport(officeSummary({ rowCount: 1_000, findingCount: 60 }), { timeZone: 'utc' }),
  hostile: renderReport(hostileSummary(), { timeZone: 'utc', generatedNote: '<script>alert(0)</script>' }),
  spoiled: renderReport(hostileSummary(true), { timeZone: 'utc' }),
} as const
type ReportName = keyof typeof reports

describe.skipIf(browserPath === null)('the report in Chromium (skipped where there is none)', () => {
  let browser: Browser
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nta-report-test-'))
    for (const [name, page] of Object.entries(reports)) await writeFile(join(folder, `${name}.html`), page)
    const isRoot = process.getuid?.() === 0
    browser = await chromium.launch({ executablePath: browserPath!, args: isRoot ? ['--no-sandbox'] : [] })
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A page with the report open, and a list of everything that should not have happened on it. */
  async function opened(name: ReportName, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    const incidents: string[] = []
    page.on('console', (message) => incidents.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => incidents.push(`error: ${error.message}`))
    page.on('dialog', (dialog) => {
      incidents.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('popup', () => incidents.push('popup'))
    const address = pathToFileURL(join(folder, `${name}.html`)).href
    page.on('request', (request) => {
      if (request.url() !== address) incidents.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    return { page, incidents, close: () => context.close() }
  }

  it.each(Object.keys(reports) as ReportName[])('%s: runs, asks and fetches nothing', async (name) => {
    const { page, incidents, close } = await opened(name)
    // Where text had become an element with a handler, hovering and focusing would set it off.
    await page.locator('h1').hover()
    for (let step = 0; step < 20; step++) await page.keyboard.press('Tab')
    expect(incidents).toEqual([])
    await close()
  })

  it('would notice a script, a style and a request if there were one', async () => {
    const planted = reports.office.replace(
      '<main>',
      '<main><script>alert(1)</script><b style="color:red">x</b><img src="https://evil.invalid/a.png" onerror="alert(2)">',
    )
    await writeFile(join(folder, 'empty.html'), planted)
    const { page, incidents, close } = await opened('empty')
    await writeFile(join(folder, 'empty.html'), reports.empty)
    await page.locator('h1').hover()
    expect(incidents.filter((one) => one.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(
      3,
    )
    await close()
  })

  /** Every element name with every attribute name that occurs on it. */
  function shapes(page: Page): Promise<string[]> {
    return page.evaluate(() => {
      const found = new Set<string>()
      for (const element of document.querySelectorAll('*')) {
        found.add(element.tagName)
        for (const { name } of element.attributes) found.add(`${element.tagName} ${name}`)
      }
      return [...found].sort()
    })
  }

  it.each(['hostile', 'spoiled'] as const)(
    '%s: has the elements and attributes of the ordinary one',
    async (name) => {
      const [ordinary, hostile] = [await opened('office'), await opened(name)]
      expect(await shapes(hostile.page)).toEqual(await shapes(ordinary.page))
      const counts = (page: Page) => page.locator('article').count()
      expect(await counts(hostile.page)).toBe(await counts(ordinary.page))
      await ordinary.close()
      await hostile.close()
    },
  )

  it.each([
    ['office', 'light'],
    ['office', 'dark'],
    ['empty', 'light'],
    ['hostile', 'dark'],
  ] as const)('%s in the %s theme: axe finds nothing', async (name, colorScheme) => {
    const { page, close } = await opened(name, { colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const told = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 400)}`,
    )
    expect(told).toEqual([])
    await close()
  })

  it('shows everything without a script, and nothing that would need one', async () => {
    const { page, close } = await opened('office', { javaScriptEnabled: false })
    expect(await page.locator('button, input').count()).toBe(0)
    expect(await page.locator('#conversation-table tbody tr').count()).toBe(60)
    expect(await page.getByText('10.66.0.4 sent 1000 probes').isVisible()).toBe(true)
    await close()
  })

  it('sorts numbers by value, text by name, and says which way', async () => {
    const { page, close } = await opened('office')
    const table = page.locator('#endpoint-table')
    const column = async (place: number) => {
      const texts = await table.locator(`tbody tr td:nth-child(${place})`).allTextContents()
      return texts.map((text) => text.trim())
    }
    const numbers = async (place: number) =>
      (await column(place)).map((text) => Number(text.replaceAll(',', '')))
    const sorted = (values: readonly number[], sign: number) => [...values].sort((a, b) => sign * (a - b))
    await page.getByRole('button', { name: 'Sort by Packets sent' }).click()
    expect(await numbers(5)).toEqual(sorted(await numbers(5), -1))
    await page.getByRole('button', { name: 'Sort by Packets sent' }).press('Enter')
    expect(await numbers(5)).toEqual(sorted(await numbers(5), 1))
    expect(await table.locator('th[aria-sort="ascending"]').textContent()).toBe('Packets sent')
    await table.getByRole('button', { name: 'Sort by Address' }).click()
    const addresses = (await column(1)).filter((address) => address.startsWith('192.168.7.'))
    const lastParts = addresses.map((address) => Number(address.split('.')[3]))
    expect(lastParts).toEqual(sorted(lastParts, 1))
    expect(await table.locator('th[aria-sort]').count()).toBe(1)
    await close()
  })

  it('filters rows by every word and counts them', async () => {
    const { page, close } = await opened('office')
    const field = page.getByLabel('Filter rows of: Transport conversations')
    const visible = page.locator('#conversation-table tbody tr:visible')
    await field.fill('udp 192.168')
    const shown = await visible.allTextContents()
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.length).toBeLessThan(60)
    expect(shown.every((text) => text.includes('udp') && text.includes('192.168'))).toBe(true)
    expect(await page.getByRole('status').filter({ hasText: 'rows match' }).textContent()).toBe(
      `${shown.length} of 60 rows match`,
    )
    await field.fill('')
    expect(await visible.count()).toBe(60)
    await close()
  })

  it('copies a filter as it is', async () => {
    const { page, close } = await opened('office', { permissions: ['clipboard-read', 'clipboard-write'] })
    const box = page.locator('.code').filter({ hasText: 'tcp.flags.syn' }).first()
    await box.getByRole('button', { name: 'Copy Wireshark display filter' }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      officeSummary().findings.find(({ rule }) => rule === 'vertical-scan')!.filters.wireshark,
    )
    await close()
  })

  it('changes its theme, and follows the system until then', async () => {
    const { page, close } = await opened('office', { colorScheme: 'dark' })
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await ground()
    const toggle = page.getByRole('button', { name: 'Theme' })
    await toggle.click()
    expect(await toggle.textContent()).toBe('Theme: light')
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await toggle.click()
    expect(await ground()).toBe(dark)
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await ground()).toBe(dark)
    await close()
  })

  it('prints white, without buttons, and the first rows of long tables only', async () => {
    const { page, close } = await opened('office', { colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Theme' }).click({ clickCount: 2 })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    )
    expect(await page.locator('button:visible, input:visible').count()).toBe(0)
    expect(await page.locator('#conversation-table tbody tr:visible').count()).toBe(40)
    expect(await page.getByText('on paper the first 40').first().isVisible()).toBe(true)
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
    await close()
  })

  it.each(['office', 'hostile', 'large'] as const)(
    '%s: fits a narrow window without scrolling sideways',
    async (name) => {
      const { page, close } = await opened(name, { viewport: { width: 320, height: 640 } })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await close()
    },
  )
})

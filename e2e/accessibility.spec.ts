/** Every page for everybody: axe finds nothing in light and dark, and the keyboard alone reaches everything. */

import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { writeOfficeCapture } from './support/captures.ts'
import { wholeOverview } from './support/page-parts.ts'
import { expect, test } from './support/serve.ts'

interface Stop {
  readonly name: string
  readonly go: (page: Page) => Promise<void>
}

const press = (name: string) => (page: Page) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click()
const tab = (page: string, name: RegExp) => async (on: Page) => {
  await press(page)(on)
  await on.getByRole('tab', { name }).click()
}
const stops: readonly Stop[] = [
  { name: 'start', go: press('Start') },
  { name: 'overview', go: press('Overview') },
  { name: 'conversations', go: press('Conversations') },
  { name: 'endpoints', go: tab('Conversations', /Endpoints/) },
  { name: 'services', go: tab('Conversations', /Services/) },
  { name: 'who talks to whom', go: tab('Conversations', /Who talks/) },
  {
    name: 'who talks to whom as a graph',
    go: async (page) => {
      await tab('Conversations', /Who talks/)(page)
      await page.getByRole('button', { name: 'Graph' }).click()
    },
  },
  { name: 'scanners', go: press('Scanners') },
  {
    name: 'a scanner with its evidence',
    go: async (page) => {
      await press('Scanners')(page)
      await page.getByRole('button', { name: '10.0.0.66', exact: true }).click()
      await page.getByRole('heading', { name: 'Check it yourself' }).waitFor()
    },
  },
  { name: 'other thresholds', go: tab('Scanners', /Other thresholds/) },
  { name: 'findings', go: press('Findings') },
  { name: 'considered and dismissed', go: tab('Findings', /dismissed/) },
  {
    name: 'a finding',
    go: async (page) => {
      await press('Findings')(page)
      await page.getByRole('button', { name: /^10\.0\.0\.66 scanned/ }).click()
      await page.getByRole('heading', { name: 'Your decision' }).waitFor()
    },
  },
  { name: 'capture', go: press('Capture') },
  { name: 'settings', go: press('Settings') },
  {
    name: 'thresholds',
    go: async (page) => {
      await tab('Settings', /Thresholds/)(page)
      // The rules are asked for when the page is shown.
      await page.getByRole('region', { name: 'SYN flood' }).waitFor()
    },
  },
  { name: 'allow-list', go: tab('Settings', /Allow-list/) },
]

async function openOffice(
  page: Page,
  folder: string,
  serve: (path: string) => Promise<{ url: string }>,
): Promise<void> {
  const capture = join(folder, 'office.pcap')
  writeOfficeCapture(capture)
  const { url } = await serve(capture)
  await page.goto(url)
  await wholeOverview(page).waitFor()
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ page, workplace }) => {
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openOffice(page, workplace.folder, workplace.serve)
    await page.keyboard.press('Control+k')
    await page.keyboard.type(`${colorScheme} theme`)
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    for (const stop of stops) {
      await stop.go(page)
      expect(await violations(page), stop.name).toEqual([])
    }
    for (const [key, dialog] of [
      ['?', 'Keyboard shortcuts'],
      ['Control+k', 'Commands'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('dialog', { name: dialog }).waitFor()
      expect(await violations(page), dialog).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
}

/** What can be pressed, typed in or scrolled on the page, in the order the Tab key must meet it. */
function reachable(page: Page): Promise<number> {
  return page.evaluate(() => {
    const wanted = 'button, input, select, textarea, a[href], summary, [tabindex="0"]'
    const elements = [...document.querySelectorAll<HTMLElement>(wanted)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !(element as HTMLButtonElement).disabled &&
        element.checkVisibility() &&
        element.closest('[inert], [aria-hidden="true"]') === null,
    )
    for (const element of elements) element.dataset['unmet'] = 'true'
    return elements.length
  })
}

test('the Tab key reaches everything on every page', async ({ page, workplace }) => {
  test.setTimeout(240_000)
  await openOffice(page, workplace.folder, workplace.serve)
  for (const stop of stops) {
    await stop.go(page)
    const count = await reachable(page)
    await page.evaluate(() => {
      const { activeElement } = document
      if (activeElement instanceof HTMLElement) activeElement.blur()
    })
    for (let step = 0; step < count * 2 + 40; step++) {
      await page.keyboard.press('Tab')
      const left = await page.evaluate(() => {
        delete (document.activeElement as HTMLElement | null)?.dataset['unmet']
        return document.querySelectorAll('[data-unmet]').length
      })
      if (left === 0) break
    }
    const unmet = await page
      .locator('[data-unmet]')
      .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 120)))
    // A list of tabs is one stop of the Tab key, which goes to the chosen tab; the arrows move inside it.
    expect(
      unmet.filter((html) => !/role="tab(list)?"|data-orientation/.test(html)),
      stop.name,
    ).toEqual([])
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>('[data-unmet]'))
        delete element.dataset['unmet']
    })
  }
})

test('the keyboard alone opens a scanner, its menu, and a time range', async ({ page, workplace }) => {
  await openOffice(page, workplace.folder, workplace.serve)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  const grid = page.getByRole('grid', { name: 'Flagged scanners' })
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid).toHaveAttribute('aria-activedescendant', /row-1$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Why it was flagged' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.getByRole('slider', { name: 'Start of the time range' }).focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('PageUp')
  await expect(page.getByRole('button', { name: 'Show the whole time range' })).toBeVisible()
})

for (const scale of [1, 2, 3]) {
  test(`nothing is cut off sideways at ${scale * 100} % in the smallest window`, async ({
    page,
    workplace,
  }) => {
    await page.setViewportSize({ width: Math.round(900 / scale), height: Math.round(600 / scale) })
    await openOffice(page, workplace.folder, workplace.serve)
    for (const stop of stops) {
      await stop.go(page)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(over, stop.name).toBeLessThanOrEqual(1)
    }
  })
}

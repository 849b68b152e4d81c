/** Pictures of every page in light and dark for docs/screenshots; only when SCREENSHOTS is set, as they are kept in the repository. */

import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { writeShowcaseCapture } from './support/showcase.ts'
import { expect, test } from './support/serve.ts'

const folder = resolve('docs/screenshots')
const press = (name: string) => (page: Page) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click()
const tab = (page: string, name: RegExp) => async (on: Page) => {
  await press(page)(on)
  await on.getByRole('tab', { name }).click()
}

const pictures: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['start', press('Start')],
  ['overview', press('Overview')],
  ['conversations', press('Conversations')],
  ['endpoints', tab('Conversations', /Endpoints/)],
  ['talkers', tab('Conversations', /Who talks/)],
  ['scanners', press('Scanners')],
  [
    'evidence',
    async (page) => {
      await press('Scanners')(page)
      await page.getByRole('button', { name: '10.0.0.66', exact: true }).click()
      await page.getByRole('heading', { name: 'Check it yourself' }).waitFor()
    },
  ],
  [
    'thresholds',
    async (page) => {
      await tab('Scanners', /Other thresholds/)(page)
      await page.getByText('Counting the other values…').waitFor({ state: 'hidden' })
    },
  ],
  ['findings', press('Findings')],
  ['capture', press('Capture')],
  ['settings', press('Settings')],
]

/** Answers are there and drawn: nothing is busy over two frames. */
async function settled(page: Page): Promise<void> {
  for (let look = 0; look < 2; look++) {
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
}

test.skip(process.env['SCREENSHOTS'] === undefined, 'pictures are taken when SCREENSHOTS is set')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page, ${colorScheme}`, async ({ page, workplace }) => {
    test.setTimeout(240_000)
    await page.setViewportSize({ width: 1400, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const capture = join(workplace.folder, 'branch-office.pcap')
    writeShowcaseCapture(capture)
    const { url } = await workplace.serve(capture)
    await page.goto(url)
    await page.getByRole('heading', { name: 'Bandwidth over time' }).waitFor()
    for (const [name, go] of pictures) {
      await go(page)
      await page.mouse.move(5, 890)
      await settled(page)
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: false })
    }
    await press('Scanners')(page)
    await page.getByRole('button', { name: '10.0.0.66', exact: true }).click()
    await page.getByRole('heading', { name: 'Check it yourself' }).waitFor()
    await page.getByRole('heading', { name: 'Probes over time' }).scrollIntoViewIfNeeded()
    await page.locator('main').evaluate((main) => main.scrollBy(0, 620))
    await settled(page)
    await page.screenshot({ path: `${folder}/evidence-probes-${colorScheme}.png` })
  })
}

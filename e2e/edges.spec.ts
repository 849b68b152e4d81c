/** Captures at the edge of being any: without packets, with one, with times that jump; and one that was not read to its end. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { httpVisit, pcap, pcapHeader, START } from '../test/traffic/index.ts'
import { writeManyConversations } from './support/captures.ts'
import { expect, test } from './support/serve.ts'

const visit = httpVisit({
  originator: '10.0.0.10',
  responder: '10.0.0.80',
  originatorPort: 40_000,
  start: START,
})
const go = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click()
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a capture without packets is called that, judged by no rule, and left by a button', async ({
  page,
  workplace,
}) => {
  const capture = join(workplace.folder, 'empty.pcap')
  writeFileSync(capture, pcapHeader())
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(panel(page, 'Bandwidth over time')).toContainText('The capture holds no packets')
  await expect(panel(page, 'Findings')).toContainText('Nothing to judge')
  await expect(panel(page, 'Top talkers')).toContainText('No packet carries an IP address.')
  await page.getByRole('button', { name: 'Open another capture…' }).click()
  await expect(page.getByRole('region', { name: 'Open from this machine' })).toBeVisible()
})

test('a capture of one packet is counted in the singular', async ({ page, workplace }) => {
  const capture = join(workplace.folder, 'one.pcap')
  writeFileSync(capture, pcap(visit.slice(0, 1)))
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(page.getByRole('banner')).toContainText(/1\s+packet(?!s)/)
  await expect(page.getByRole('main')).toContainText(/1\s+address pair(?!s)/)
  await go(page, 'Conversations')
  await expect(page.getByText(/^58\s+B in 1\s+packet$/)).toBeVisible()
})

test('times of zero and times that go back are drawn, and no rate reads as nothing', async ({
  page,
  workplace,
}) => {
  const bytes = pcap(visit)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const seconds = [0, 1_700_000_000, 1_600_000_000]
  let count = 0
  for (let at = 24; at < bytes.length; at += 16 + view.getUint32(at + 8, true))
    view.setUint32(at, seconds[count++ % seconds.length]!, true)
  const capture = join(workplace.folder, 'times.pcap')
  writeFileSync(capture, bytes)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await expect(page.getByRole('img', { name: /^Bandwidth over time/ })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('1970-01-01')
  await expect(page.getByRole('main')).toContainText(/\de-\d+\s+bit\/s/)
  await go(page, 'Capture')
  await expect(page.getByText('not in order of time')).toBeVisible()
})

test('a capture that was not read to its end has no hash that could be taken for one', async ({
  page,
  workplace,
}) => {
  const capture = join(workplace.folder, 'large.pcap')
  writeManyConversations(capture, 1_500_000, 300)
  const { url } = await workplace.serve(workplace.folder)
  await page.goto(url)
  await page.keyboard.press('Control+o')
  await page.getByRole('button', { name: /large\.pcap/ }).click()
  await expect(page.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/Reading was cancelled/)).toBeVisible()
  await go(page, 'Capture')
  await expect(panel(page, 'Files (1)')).toContainText('not known: not read to its end')
  await expect(panel(page, 'Files (1)')).not.toContainText('0000000000')
})

test('a count of many digits leaves the name of its page on one line, chosen or not', async ({
  page,
  workplace,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const capture = join(workplace.folder, 'many.pcap')
  writeManyConversations(capture, 12_345)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  const entry = page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Conversations' })
  await expect(entry).toContainText('12.3')
  for (const isChosen of [false, true]) {
    if (isChosen) await entry.click()
    const over = await entry.evaluate((element) =>
      [element, ...element.children].map((part) => part.scrollWidth - part.clientWidth),
    )
    expect(Math.max(...over)).toBeLessThanOrEqual(0)
    expect((await entry.boundingBox())!.height).toBeLessThan(40)
  }
})

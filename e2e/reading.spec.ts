/** From a file to its first result, in the browser twin: dropped, chosen, damaged, foreign, cancelled, its analyzer lost. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  writeCutCapture,
  writeForeignFile,
  writeManyConversations,
  writeOfficeCapture,
} from './support/captures.ts'
import { heading, nav, rowsOf } from './support/page-parts.ts'
import { expect, type Served, test } from './support/serve.ts'

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

  test('says that the system holds its analyzer, until it goes on', async ({ page }) => {
    test.skip(process.platform !== 'linux', 'finds the process in /proc')
    await expect(heading(page, 'Bandwidth over time')).toBeVisible()
    for (const analyzer of served.analyzers()) process.kill(analyzer, 'SIGSTOP')
    const notice = page.getByRole('status').filter({ hasText: 'The system holds the analyzer process' })
    await expect(notice.getByRole('button', { name: 'Cancel' })).toBeVisible()
    for (const analyzer of served.analyzers()) process.kill(analyzer, 'SIGCONT')
    await expect(notice).toBeHidden()
  })
})

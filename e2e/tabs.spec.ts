/** More tabs than a browser has connections, and more captures than are held at once: each tab works, none is silent. */

import { join } from 'node:path'
import { writeOfficeCapture } from './support/captures.ts'
import { expect, test } from './support/serve.ts'

/** One more than the loopback host holds results for, and three more than Chromium opens connections to one host. */
const tabCount = 9

test('a ninth tab opens, the first is told that it gave way, and is read again when asked', async ({
  context,
  workplace,
}) => {
  test.setTimeout(180_000)
  const capture = join(workplace.folder, 'office.pcap')
  writeOfficeCapture(capture)
  const { url } = await workplace.serve(capture)
  const tabs = []
  for (let i = 0; i < tabCount; i++) {
    const tab = await context.newPage()
    await tab.goto(url)
    await expect(tab.getByRole('heading', { name: 'Bandwidth over time', exact: true })).toBeVisible()
    // Read to its end: whoever is being answered is the last to give way.
    await expect(tab.getByRole('button', { name: 'Cancel' })).toBeHidden()
    tabs.push(tab)
  }
  const first = tabs[0]!
  await first.bringToFront()
  await expect(first.getByText('office.pcap gave its memory back')).toBeVisible()
  await first
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: 'Conversations' })
    .click()
  await expect(first.getByText('office.pcap is being read again')).toBeVisible()
  await expect(
    first.getByRole('grid', { name: 'Conversations' }).locator('[data-place]').first(),
  ).toBeVisible()
})

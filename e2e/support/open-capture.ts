/** A capture made for one test, served, and open in the page. */

import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeOfficeCapture } from './captures.ts'
import { wholeOverview } from './page-parts.ts'
import type { Workplace } from './serve.ts'

/** An office's traffic with two scanners, read to its end. */
export async function openOffice(page: Page, workplace: Workplace): Promise<void> {
  const capture = join(workplace.folder, 'office.pcap')
  writeOfficeCapture(capture)
  const { url } = await workplace.serve(capture)
  await page.goto(url)
  await wholeOverview(page).waitFor()
}

/** What was built for the browser, looked at as files: no page needs to be open for it. */

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const folder = 'out/web'
/** On a slow disk or over a tunnel this is what a person waits for before the first page is drawn. */
const startBytesMax = 250_000

test('the start page needs less than 250 kB of script', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  // What is imported statically is named in the page's head, however deep.
  const scripts = [...page.matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)].map((match) => match[1]!)
  expect(scripts.length).toBeGreaterThan(0)
  const byteCount = scripts.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)
  expect(byteCount).toBeLessThan(startBytesMax)
})

/** Runs the end-to-end specs against what was built last. Arguments go to Playwright. */

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { ensureBrowser } from './ensure-browser.ts'

const hasSpecs = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).some((name) =>
  name.endsWith('.spec.ts'),
)

if (!hasSpecs) {
  console.log('no end-to-end specs yet')
} else {
  ensureBrowser()
  const { status } = spawnSync('playwright', ['test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
}

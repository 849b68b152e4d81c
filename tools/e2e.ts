/** Runs the end-to-end specs against what was built last. Arguments go to Playwright. */

import { spawnSync } from 'node:child_process'
import { ensureBrowser } from './ensure-browser.ts'
import { hasSpecs } from './has-specs.ts'

if (!hasSpecs()) {
  console.log('no end-to-end specs yet')
} else {
  ensureBrowser()
  const { status } = spawnSync('playwright', ['test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
}

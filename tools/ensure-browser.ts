/** Makes sure there is a Chromium for end-to-end specs, and says in one line where it came from. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from './find-browser.ts'

/**
 * Returns the browser's path, installing one when there is none: on Debian as root Debian's own, which brings the
 * libraries it needs; elsewhere Playwright's, in the user's cache, which needs no rights.
 */
export function ensureBrowser(): string {
  const present = findBrowser()
  if (present !== null) {
    console.log(`browser: ${present}`)
    return present
  }
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (isDebianRoot) {
    run('apt-get', 'update')
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation')
  } else {
    run('npx', 'playwright', 'install', 'chromium')
  }
  const installed = findBrowser()
  if (installed === null) throw new Error('No Chromium after installing one. Name one with CHROMIUM_PATH.')
  console.log(`browser: ${installed}, installed now ${isDebianRoot ? 'with apt-get' : 'by Playwright'}`)
  return installed
}

function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  const reason = error === undefined ? `${stdout}${stderr}` : error.message
  throw new Error(
    `No Chromium here, and installing one failed: ${command} ${args.join(' ')}\n${reason}\n` +
      'Install Chromium yourself, or name one with CHROMIUM_PATH.',
  )
}

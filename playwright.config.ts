/** End-to-end specs: one Chromium, whichever this machine has. */

import { defineConfig } from '@playwright/test'
import { findBrowser } from './tools/find-browser.ts'

const browserPath = findBrowser()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Room for a slow or busy machine; a spec that hangs is still ended.
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browserPath === null ? {} : { executablePath: browserPath }),
      args: [
        // Chromium refuses to run its sandbox as root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // The specs talk to this machine only; the browser shall too.
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

/** Finds the Chromium that end-to-end specs drive. */

import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/**
 * The browser's path: what CHROMIUM_PATH names, else the system's, else Playwright's own download; null when there
 * is none. A CHROMIUM_PATH that leads nowhere is an error, not a reason to take another browser in silence.
 */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, where there is no file`)
    return named
  }
  return ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

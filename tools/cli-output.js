/** Where the command line is built, and from what. Plain JavaScript: `npm run analyze` must start without a compiler. */

import { existsSync } from 'node:fs'
import { isUpToDate, sourceFingerprint } from './source-fingerprint.js'

export const cliFolder = 'out/cli'
export const cliEntry = `${cliFolder}/nta.mjs`
export const cliFingerprintFile = `${cliFolder}/.sources`

/** Everything the bundle is made from. Dependencies count through the lockfile. */
export const cliFingerprint = () => sourceFingerprint(['src', 'tools', 'package.json', 'package-lock.json'])

export const isCliUpToDate = () => existsSync(cliEntry) && isUpToDate(cliFingerprintFile, cliFingerprint())

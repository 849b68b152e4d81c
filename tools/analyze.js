/** `npm run analyze -- <capture>…`: builds the command line when it is older than its sources, then runs `nta analyze`. */

import { Buffer } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cliEntry, isCliUpToDate } from './cli-output.js'

const NOT_ANALYSED = 1

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (!isCliUpToDate()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'tools/build.ts', 'cli'])
  if (status !== 0) {
    // Standard output belongs to the summary.
    process.stderr.write(Buffer.concat([stdout, stderr]))
    process.exit(NOT_ANALYSED)
  }
}

const entry = resolve(cliEntry)
// npm moves to the project's folder; paths on the command line are from where npm was called.
if (process.env.npm_lifecycle_event === 'analyze') process.chdir(process.env.INIT_CWD ?? '.')
// Run here rather than in a child: signals, exit status and standard streams are then nta's own.
process.argv.splice(1, 1, entry, 'analyze')
await import(pathToFileURL(entry).href)

/** What `nta` does when nobody takes what it prints. */

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NTA } from './nta.ts'

const COMMAND = `"${process.execPath}" ${NTA} analyze samples/port-scan.pcapng --json -`

/** Standard error and the exit status of the program in front of the pipe or the redirection. */
function shell(script: string): Promise<{ readonly status: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile('bash', ['-o', 'pipefail', '-c', script], (_error, _stdout, stderr) => {
      resolve({ status: child.exitCode, stderr })
    })
  })
}

it.skipIf(process.platform === 'win32')(
  'ends quietly when the reader leaves early, after the files are saved',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nta-stdout-'))
    const page = join(folder, 'page.html')
    const { status, stderr } = await shell(`${COMMAND} --html ${page} | true`)
    const saved = readFileSync(page, 'utf8')
    rmSync(folder, { recursive: true })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(saved).toContain('<!doctype html>')
  },
)

it.runIf(existsSync('/dev/full'))('says so, and fails, when standard output is a full disk', async () => {
  const { status, stderr } = await shell(`${COMMAND} > /dev/full`)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^nta: Standard output cannot be written \(.*ENOSPC.*\)\. Name a file [^\n]*\n$/)
})

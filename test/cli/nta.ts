/** Runs the built command as its users do: a process of its own, its streams and its exit status. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

export const NTA = 'out/cli/nta.mjs'

export interface NtaResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `npm test` builds before its tests; a test run by hand says what to do. */
export function nta(...args: readonly string[]): Promise<NtaResult> {
  return ntaReading(new Uint8Array(0), ...args)
}

/** The same while `input` is written to its standard input. */
export function ntaReading(input: Uint8Array, ...args: readonly string[]): Promise<NtaResult> {
  if (!existsSync(NTA)) throw new Error(`${NTA} is missing: run npm run build:cli first`)
  return new Promise((resolve) => {
    const options = { maxBuffer: 1 << 28, encoding: 'utf8' as const }
    const child = execFile(process.execPath, [NTA, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : child.exitCode, stdout, stderr })
    })
    // It may end before it has read all.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

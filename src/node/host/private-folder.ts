/** A folder of this run alone, for what must not outlive it; what runs that were killed left behind is swept up. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAME = /^nta-(\d+)-\w+$/

/** A new folder, mode 0700, named after this process so that a later run can tell when it was left behind. */
export function makePrivateFolder(parent: string = tmpdir()): string {
  sweep(parent)
  return mkdtempSync(join(parent, `nta-${process.pid}-`))
}

function sweep(parent: string): void {
  let names: string[]
  try {
    names = readdirSync(parent)
  } catch {
    return
  }
  for (const name of names) {
    const pid = Number(NAME.exec(name)?.[1])
    if (!Number.isSafeInteger(pid) || isAlive(pid)) continue
    try {
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // Another user's: not ours to sweep.
      continue
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

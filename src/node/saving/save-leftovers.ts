/** Temporary files of saves that were killed: how they are named, and how they are found and removed. */

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { saveSystem, type SaveSystem } from './save-system.ts'

const temporaryName = /^\.nta-save-([0-9a-f]{8})-([1-9]\d{0,9})-[0-9a-f]{16}\.tmp$/

/** Even a leftover whose process number is in use again is one after a day: no save takes as long. */
const AGE_MS_MAX = 24 * 60 * 60 * 1000

/** A name nobody else has: short, so that it fits beside any target, and hidden where a dot hides. */
export function temporaryPath(folder: string, system: SaveSystem = saveSystem): string {
  return join(folder, `.nta-save-${system.hostTag}-${system.pid}-${randomBytes(8).toString('hex')}.tmp`)
}

/**
 * Removes what killed saves left in a folder: temporary files of this machine whose process is gone, and any older
 * than a day. Never touches another name, and never fails: what cannot be removed stays. Returns how many it removed.
 */
export async function sweepLeftovers(folder: string, system: SaveSystem = saveSystem): Promise<number> {
  let removedCount = 0
  try {
    for (const name of await system.readdir(folder)) {
      const parts = temporaryName.exec(name)
      if (parts === null) continue
      const isAbandoned = parts[1] === system.hostTag && !system.isRunning(Number(parts[2]))
      if (!isAbandoned && !(await isOld(join(folder, name), system))) continue
      await system.unlink(join(folder, name)).then(
        () => (removedCount += 1),
        () => undefined,
      )
    }
  } catch {
    return removedCount
  }
  return removedCount
}

async function isOld(path: string, system: SaveSystem): Promise<boolean> {
  try {
    return system.now() - (await system.lstat(path)).mtimeMs > AGE_MS_MAX
  } catch {
    return false
  }
}

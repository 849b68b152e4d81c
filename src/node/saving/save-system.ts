/** What saving needs of the system, in one place, so that tests can make each part of it fail. */

import { createHash } from 'node:crypto'
import { access, lstat, open, readdir, readlink, realpath, rename, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

export const saveSystem = {
  access,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
  platform: process.platform as string,
  pid: process.pid,
  /** Root may give files away; others keep what they make. */
  isRoot: process.getuid?.() === 0,
  /** Eight digits that tell this machine's leftovers from another's in a shared folder. */
  hostTag: createHash('sha256').update(hostname()).digest('hex').slice(0, 8),
  /** Milliseconds since 1970, to compare with the age of files. */
  now: () => Date.now(),
  /** Milliseconds that only grow, for patience. */
  elapsed: () => performance.now(),
  wait: async (milliseconds: number): Promise<void> => {
    await wait(milliseconds)
  },
  isRunning,
}

export type SaveSystem = typeof saveSystem

/** Whether a process of this machine has this number. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

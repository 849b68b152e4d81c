/** Lets one process build while others wait. */

import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const POLL_MS = 100

/**
 * Runs `work` while no other process holds the lock.
 * A lock whose owner died is taken over; that the owner lives is asked of the system, not guessed from time.
 * Two may take over a dead owner's lock at the same instant; work must therefore be harmless, if wasteful, when done twice.
 */
export async function withBuildLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true })
  while (!tryToHold(path)) {
    if (!isOwnerAlive(path)) rmSync(path, { force: true })
    else await wait(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/** Linking a written file into place: a lock never exists without its owner's number in it. */
function tryToHold(path: string): boolean {
  const own = `${path}-${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own)
  }
}

function isOwnerAlive(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Released meanwhile: simply try again. EPERM means it lives under another user.
    return code === 'ENOENT' || code === 'EPERM'
  }
}

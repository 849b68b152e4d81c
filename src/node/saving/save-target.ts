/** Where a save really goes: links followed, folders refused, devices and pipes recognised. */

import { constants } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { systemError } from './save-error.ts'
import type { SaveSystem } from './save-system.ts'

export interface SaveTarget {
  /** The file to replace or make, links followed; a device or pipe as it was named. */
  readonly path: string
  /** The file that is there now; null when there is none. */
  readonly existing: { readonly mode: number; readonly uid: number; readonly gid: number } | null
  /** A device or pipe such as /dev/stdout takes bytes and cannot be replaced. */
  readonly isStream: boolean
}

/** As many links as Linux follows (path_resolution(7)). */
const LINK_COUNT_MAX = 40

/** Throws the system's error, or one like it, when nothing can be saved there. */
export async function saveTarget(path: string, system: SaveSystem): Promise<SaveTarget> {
  const found = await statOrNull(path, system)
  if (found === null) {
    if (/[/\\]$/.test(path)) throw systemError('EISDIR')
    return { path: await endOfLinks(path, system), existing: null, isStream: false }
  }
  if (found.isDirectory()) throw systemError('EISDIR')
  if (!found.isFile()) return { path, existing: null, isStream: true }
  // A rename would replace even a file its owner made read-only.
  await system.access(path, constants.W_OK)
  const { mode, uid, gid } = found
  return { path: await system.realpath(path), existing: { mode: mode & 0o7777, uid, gid }, isStream: false }
}

async function statOrNull(path: string, system: SaveSystem) {
  try {
    return await system.stat(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** A link to a file that is not there yet makes that file, as opening the link would. */
async function endOfLinks(path: string, system: SaveSystem): Promise<string> {
  let at = resolve(path)
  for (let followed = 0; followed < LINK_COUNT_MAX; followed++) {
    try {
      if (!(await system.lstat(at)).isSymbolicLink()) return at
    } catch (error) {
      if (isMissing(error)) return at
      throw error
    }
    at = resolve(dirname(at), await system.readlink(at))
  }
  throw systemError('ELOOP')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/**
 * Writes a file so that whoever reads it finds the old one or the new one, never half of either: a temporary file
 * beside the target, fsync, rename, fsync of the folder. A kill at any moment leaves the old file as it was.
 */

import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface ReplaceOptions {
  /** Permissions of a new file; the umask applies. */
  readonly mode?: number
  /** Bytes written so far, after each piece. */
  readonly onBytes?: (byteCount: number) => void
  /** Looked at between pieces; the target is then left as it was. */
  readonly signal?: { readonly aborted: boolean }
}

/** Thrown when `signal` was aborted. */
export class ReplaceCancelled extends Error {}

/** Windows refuses to replace a file that a virus scanner or indexer has open for a moment. */
const RENAME_PATIENCE_MS = 10_000
const busyCodes = ['EPERM', 'EBUSY', 'EACCES']

/** Writes the pieces one after the other and gives the file's length. Rejects with the system's error, cleaned up. */
export async function replaceFile(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  options: ReplaceOptions = {},
): Promise<number> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.new`,
  )
  try {
    const byteCount = await writeNew(temporary, pieces, options)
    await renamePatiently(temporary, path)
    await syncFolder(dirname(path))
    return byteCount
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeNew(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  { mode = 0o666, onBytes, signal }: ReplaceOptions,
): Promise<number> {
  const file: FileHandle = await open(path, 'wx', mode)
  try {
    let byteCount = 0
    for await (const piece of pieces) {
      if (signal?.aborted === true) throw new ReplaceCancelled('The save was cancelled.')
      const bytes = Buffer.from(piece, 'utf8')
      for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
      byteCount += bytes.length
      onBytes?.(byteCount)
    }
    await file.sync()
    return byteCount
  } finally {
    await file.close()
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  const deadline = performance.now() + RENAME_PATIENCE_MS
  for (;;) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const isBusy = process.platform === 'win32' && busyCodes.includes(code ?? '')
      if (!isBusy || performance.now() > deadline) throw error
      await wait(50)
    }
  }
}

/** Makes the rename itself last. Windows has no such call, and some file systems refuse it: the rename stands anyway. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    return
  }
}

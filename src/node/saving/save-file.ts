/**
 * Saves a file whole or not at all: a temporary file beside the target, write, fsync, close, rename, fsync of the
 * folder (POSIX rename(2): a reader sees the old file or the new one, never a part). A kill at any moment leaves the
 * old file as it was, and at most a temporary file that the next save into the folder removes.
 */

import { dirname } from 'node:path'
import { SaveCancelled, saveError, type SaveError } from './save-error.ts'
import { sweepLeftovers, temporaryPath } from './save-leftovers.ts'
import { saveSystem, type SaveSystem } from './save-system.ts'
import { saveTarget, type SaveTarget } from './save-target.ts'

type Piece = string | Uint8Array

/** Text is written as UTF-8. Pieces are asked for one by one, so that a long table need never be one string. */
export type SaveContent = Piece | Iterable<Piece> | AsyncIterable<Piece>

export interface SaveOptions {
  /** Bytes written so far, after each piece. */
  readonly onBytes?: (byteCount: number) => void
  /** Looked at between pieces; the target then stays as it was. */
  readonly signal?: { readonly aborted: boolean }
  readonly system?: SaveSystem
}

export type Saved =
  | { readonly ok: true; readonly path: string; readonly byteCount: number }
  | { readonly ok: false; readonly error: SaveError }

/** Only the one who saves may read a new file: captures tell who talked to whom. An older file keeps its permissions. */
const NEW_FILE_MODE = 0o600
/** A virus scanner or an indexer may hold a file this long on Windows; less fails now and then, more seems to hang. */
const RENAME_PATIENCE_MS = 10_000
const RENAME_PAUSE_MS = 50
/** Characters turned into bytes at once. */
const PIECE_LENGTH_MAX = 1 << 20

/**
 * Never rejects: what went wrong, also while the content was made, is a value. `path` may be relative, a link (what it
 * leads to is replaced, the link stays) or a device or pipe (written directly).
 */
export async function saveFile(
  path: string,
  content: SaveContent,
  options: SaveOptions = {},
): Promise<Saved> {
  const system = options.system ?? saveSystem
  let isReplacing = false
  try {
    const target = await saveTarget(path, system)
    isReplacing = target.existing !== null
    const byteCount = target.isStream
      ? await writeStream(target.path, content, options, system)
      : await replace(target, content, options, system)
    return { ok: true, path: target.path, byteCount }
  } catch (error) {
    return { ok: false, error: saveError(path, error, isReplacing) }
  }
}

async function replace(
  target: SaveTarget,
  content: SaveContent,
  options: SaveOptions,
  system: SaveSystem,
): Promise<number> {
  const folder = dirname(target.path)
  await sweepLeftovers(folder, system)
  const temporary = temporaryPath(folder, system)
  const file = await system.open(temporary, 'wx', NEW_FILE_MODE)
  try {
    let byteCount: number
    try {
      byteCount = await writePieces(file, content, options)
      await keepPermissions(file, target, system)
      await file.sync()
    } finally {
      await file.close()
    }
    await renamePatiently(temporary, target.path, system)
    await syncFolder(folder, system)
    return byteCount
  } catch (error) {
    await system.unlink(temporary).catch(() => undefined)
    throw error
  }
}

type OpenFile = Awaited<ReturnType<SaveSystem['open']>>

async function writeStream(
  path: string,
  content: SaveContent,
  options: SaveOptions,
  system: SaveSystem,
): Promise<number> {
  const file = await system.open(path, 'w')
  try {
    return await writePieces(file, content, options)
  } finally {
    await file.close()
  }
}

async function writePieces(file: OpenFile, content: SaveContent, options: SaveOptions): Promise<number> {
  let byteCount = 0
  for await (const piece of piecesOf(content)) {
    if (options.signal?.aborted === true) throw new SaveCancelled()
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
    byteCount += bytes.length
    options.onBytes?.(byteCount)
  }
  return byteCount
}

async function* piecesOf(content: SaveContent): AsyncGenerator<Piece, void, undefined> {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
  for await (const piece of pieces) {
    if (typeof piece === 'string') yield* shortPieces(piece)
    else yield piece
  }
}

function* shortPieces(text: string): Generator<string, void, undefined> {
  let start = 0
  while (start < text.length) {
    let end = Math.min(start + PIECE_LENGTH_MAX, text.length)
    // Two halves of a character beyond U+FFFF must become bytes together.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1
    yield text.slice(start, end)
    start = end
  }
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff

async function keepPermissions(file: OpenFile, { existing }: SaveTarget, system: SaveSystem): Promise<void> {
  if (existing === null || system.platform === 'win32') return
  // Some file systems know neither; the content is what matters.
  if (system.isRoot) await file.chown(existing.uid, existing.gid).catch(() => undefined)
  await file.chmod(existing.mode).catch(() => undefined)
}

async function renamePatiently(from: string, to: string, system: SaveSystem): Promise<void> {
  const start = system.elapsed()
  for (;;) {
    try {
      await system.rename(from, to)
      return
    } catch (error) {
      const isOver = system.elapsed() - start + RENAME_PAUSE_MS > RENAME_PATIENCE_MS
      if (system.platform !== 'win32' || !isHeldOpen(error) || isOver) throw error
      await system.wait(RENAME_PAUSE_MS)
    }
  }
}

function isHeldOpen(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'EPERM' || code === 'EBUSY' || code === 'EACCES'
}

/** Makes the rename itself survive a power cut. Windows has no such call and some file systems refuse it. */
async function syncFolder(folder: string, system: SaveSystem): Promise<void> {
  if (system.platform === 'win32') return
  try {
    const handle = await system.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    return
  }
}

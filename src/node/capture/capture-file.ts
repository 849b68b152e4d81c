/**
 * Opens a capture file for reading, and says clearly why when that is not possible.
 *
 * Only regular files are read: a FIFO would block for ever, a device may never end.
 */

import { closeSync, constants, fstatSync, lstatSync, openSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { basename, resolve } from 'node:path'

export type CaptureFileProblemKind =
  | 'not-found'
  | 'dangling-link'
  | 'link-loop'
  | 'permission-denied'
  | 'directory'
  | 'fifo'
  | 'device'
  | 'socket'
  | 'empty-file'
  | 'unreadable'

/** Why a file cannot be analysed. `message` names the file, the reason and what to do. */
export interface CaptureFileProblem {
  readonly kind: CaptureFileProblemKind
  readonly path: string
  readonly message: string
}

/** An open regular file. Whoever opened it calls `close`. */
export interface CaptureFileHandle {
  readonly path: string
  /** The last part of the path. */
  readonly name: string
  readonly descriptor: number
  /** Length when it was opened. */
  readonly byteCount: number
  /** Identity when it was opened: tells a file that was replaced meanwhile. */
  readonly stats: Stats
  close(): void
}

/** Open `path`, or say why not. Never blocks and never throws. */
export function openCaptureFile(path: string): CaptureFileHandle | CaptureFileProblem {
  let descriptor: number | null = null
  try {
    // Asked before opening: opening a device can move tape or reset hardware.
    const problem = problemOf(path, statSync(path))
    if (problem !== null) return problem
    // The path may have become a FIFO since; without O_NONBLOCK opening that would wait for a writer. Windows has neither,
    // and undefined adds no bit.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = fstatSync(descriptor)
    const problemNow = problemOf(path, stats)
    if (problemNow !== null) {
      closeSync(descriptor)
      return problemNow
    }
    return openHandle(path, descriptor, stats)
  } catch (error) {
    if (descriptor !== null) closeSync(descriptor)
    return problemOfError(path, error)
  }
}

function openHandle(path: string, descriptor: number, stats: Stats): CaptureFileHandle {
  let isOpen = true
  return {
    path,
    name: basename(resolve(path)),
    descriptor,
    byteCount: stats.size,
    stats,
    close() {
      if (!isOpen) return
      isOpen = false
      closeSync(descriptor)
    },
  }
}

function problemOf(path: string, stats: Stats): CaptureFileProblem | null {
  if (stats.isDirectory()) {
    return problem('directory', path, 'is a folder. Name a capture file inside it.')
  }
  if (stats.isFIFO()) {
    return problem('fifo', path, 'is a named pipe. Write its content to a file and open that file.')
  }
  if (stats.isSocket()) return problem('socket', path, 'is a socket. Name a capture file.')
  if (stats.isCharacterDevice() || stats.isBlockDevice()) {
    return problem('device', path, 'is a device. Name a capture file.')
  }
  if (!stats.isFile()) return problem('unreadable', path, 'is not a regular file. Name a capture file.')
  if (stats.size === 0) {
    return problem('empty-file', path, 'is empty. Check that the capture or the copy was finished.')
  }
  return null
}

function problemOfError(path: string, error: unknown): CaptureFileProblem {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return isLink(path)
        ? problem('dangling-link', path, 'is a link to a file that does not exist. Check where it points to.')
        : problem('not-found', path, 'does not exist. Check the name and the folder.')
    case 'ELOOP':
      return problem('link-loop', path, 'is a link that leads back to itself. Name the file itself.')
    case 'EACCES':
    case 'EPERM':
      return problem(
        'permission-denied',
        path,
        'may not be read by this user. Change its permissions or copy it.',
      )
    case 'EMFILE':
    case 'ENFILE':
      return problem(
        'unreadable',
        path,
        'cannot be opened: too many files are open. Open fewer captures at once.',
      )
    default:
      return problem(
        'unreadable',
        path,
        `cannot be opened (${errorText(error)}). Copy it to a local disk and try again.`,
      )
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

function problem(kind: CaptureFileProblemKind, path: string, what: string): CaptureFileProblem {
  return { kind, path, message: `${path === '' ? '(no name)' : path} ${what}` }
}

/** Code such as ENOENT of an error of node:fs; null when it has none. */
export function errorCode(error: unknown): string | null {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return null
}

/** What to print of an error of node:fs. */
export function errorText(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.message : String(error))
}

/** Which files a page may open: those named on the command line, and what lies below the folders named there. */

import { randomBytes } from 'node:crypto'
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { failed, type FolderListing, type Outcome, succeeded } from '../contract/index.ts'
import { type CaptureOffers, hasCaptureName } from '../node/host/captures.ts'

const ENTRIES_MAX = 2000
const FOLDER_IDS_MAX = 20_000

const notAllowed = failed('not-allowed', 'This folder was not named when the program was started.', {
  advice: 'Start `nta serve` with the folder you want to open captures from.',
})

export class WebFolders {
  readonly #roots: string[] = []
  readonly #files = new Set<string>()
  readonly #ids = new Map<string, string>()
  readonly #paths = new Map<string, string>()
  readonly #offers: CaptureOffers

  /** `named` are folders and files of the command line. Links are followed here, once, and never out of the folders later. */
  constructor(named: readonly string[], offers: CaptureOffers) {
    this.#offers = offers
    for (const path of named) this.allow(path)
  }

  allow(path: string): void {
    const real = realPath(path)
    if (real === null) return
    if (statSync(real).isDirectory()) this.#roots.push(real)
    else this.#files.add(real)
  }

  /** Judged by where the file really lies: a link inside a folder does not lead out of it. */
  mayOpen(path: string): boolean {
    const real = realPath(path)
    // A file that is gone may be asked for: the answer says that it is gone.
    if (real === null) return this.#isBelow(join(realPath(dirname(path)) ?? '', basename(path)))
    return this.#files.has(real) || this.#isBelow(real)
  }

  /** Null lists the roots, or the root itself when there is only one. */
  list(folderId: string | null): Outcome<FolderListing> {
    const isTop = folderId === null || folderId === ROOTS_ID
    if (isTop && this.#roots.length !== 1) return succeeded(this.#rootListing())
    const path = isTop ? this.#roots[0]! : this.#pathOf(folderId)
    if (path === null || !this.#isBelow(path)) return notAllowed
    let entries: Dirent[]
    try {
      entries = readdirSync(path, { withFileTypes: true })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return failed('file-unreadable', `${path} cannot be listed (${code ?? 'unknown reason'}).`, {
        advice: 'Choose another folder.',
      })
    }
    const names = (keep: (entry: Dirent) => boolean): string[] =>
      entries
        .filter((entry) => !entry.name.startsWith('.') && keep(entry))
        .map((entry) => entry.name)
        .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    const folders = names((entry) => entry.isDirectory())
    const captures = names((entry) => !entry.isDirectory() && hasCaptureName(entry.name)).filter((name) =>
      this.mayOpen(join(path, name)),
    )
    const isRoot = this.#roots.includes(path)
    return succeeded({
      id: this.#idOf(path),
      path,
      parentId: isRoot ? (this.#roots.length > 1 ? ROOTS_ID : null) : this.#idOf(dirname(path)),
      folders: folders.slice(0, ENTRIES_MAX).map((name) => ({ id: this.#idOf(join(path, name)), name })),
      captures: captures.slice(0, ENTRIES_MAX).map((name) => this.#offers.offer(join(path, name))),
      unlistedCount: Math.max(0, folders.length - ENTRIES_MAX) + Math.max(0, captures.length - ENTRIES_MAX),
    })
  }

  #rootListing(): FolderListing {
    return {
      id: ROOTS_ID,
      path: '',
      parentId: null,
      folders: this.#roots.slice(0, ENTRIES_MAX).map((path) => ({ id: this.#idOf(path), name: path })),
      captures: [...this.#files].slice(0, ENTRIES_MAX).map((path) => this.#offers.offer(path)),
      unlistedCount: 0,
    }
  }

  #isBelow(path: string): boolean {
    return this.#roots.some(
      (root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep),
    )
  }

  #idOf(path: string): string {
    const known = this.#ids.get(path)
    if (known !== undefined) return known
    const id = `folder-${randomBytes(12).toString('hex')}`
    this.#ids.set(path, id)
    this.#paths.set(id, path)
    for (const [oldestId, oldestPath] of this.#paths) {
      if (this.#paths.size <= FOLDER_IDS_MAX) break
      this.#paths.delete(oldestId)
      this.#ids.delete(oldestPath)
    }
    return id
  }

  #pathOf(id: string): string | null {
    const path = this.#paths.get(id)
    return path === undefined ? null : realPath(path)
  }
}

/** Stands for the list of roots, where there are several. */
const ROOTS_ID = 'roots'

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

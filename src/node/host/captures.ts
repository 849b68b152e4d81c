/** Which captures a page may open: the ones it was offered, known to it by ids the host made up. */

import { randomBytes } from 'node:crypto'
import { type Stats, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { CaptureChoice } from '../../contract/index.ts'

/** Offers kept: enough for every folder a person looks into, with an end. */
const OFFERED_MAX = 20_000

export class CaptureOffers {
  readonly #paths = new Map<string, readonly string[]>()
  readonly #ids = new Map<string, string>()

  /** The choice a page gets for a file, with the same id every time. */
  offer(path: string): CaptureChoice {
    const absolute = resolve(path)
    return captureChoiceOf(absolute, this.#idOf(absolute))
  }

  /** One id for several files that were opened together, or for one under a name of its own. */
  offerAs(id: string, paths: readonly string[]): void {
    this.#remember(id, paths)
  }

  /** The files of an id; null when it was never offered. */
  pathsOf(id: string): readonly string[] | null {
    return this.#paths.get(id) ?? null
  }

  #idOf(path: string): string {
    const known = this.#ids.get(path)
    if (known !== undefined) return known
    const id = `capture-${randomBytes(12).toString('hex')}`
    this.#ids.set(path, id)
    this.#remember(id, [path])
    return id
  }

  #remember(id: string, paths: readonly string[]): void {
    this.#paths.set(id, paths)
    if (this.#paths.size <= OFFERED_MAX) return
    for (const [oldest, [path]] of this.#paths) {
      this.#paths.delete(oldest)
      if (path !== undefined) this.#ids.delete(path)
      break
    }
  }
}

/** What a page is shown of a file. A file that is not there has no date and no bytes. */
export function captureChoiceOf(path: string, id: string): CaptureChoice {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false })
  return {
    id,
    name: basename(path).slice(0, 1000),
    folder: dirname(path).slice(0, 4096),
    byteCount: stats?.size ?? 0,
    modifiedAt: stats?.mtime.toISOString() ?? null,
  }
}

/** File names a capture has: what is listed, associated and accepted without asking. Any file may still be opened by name. */
export const captureExtensions = ['pcap', 'pcapng', 'cap', 'ntar', 'dmp'] as const
const compressions = ['', '.gz', '.zst', '.lz4']

export function hasCaptureName(name: string): boolean {
  const lower = name.toLowerCase()
  return captureExtensions.some((extension) =>
    compressions.some((end) => lower.endsWith(`.${extension}${end}`)),
  )
}

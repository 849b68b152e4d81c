/** Captures opened before, latest first: what was opened and when, never what was in it. */

import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { integer, list, record, text } from '../../contract/check.ts'
import type { Checked } from '../../contract/index.ts'
import { readRecord, writeRecord } from '../settings/settings-record.ts'
import { damageNotice, type Notice } from '../settings/settings-store.ts'

/** More would be a history to scroll, fewer would lose last week's capture. */
export const RECENT_MAX = 20

const recentForm = record({
  version: integer(1, 1),
  entries: list(
    record({
      paths: list(text(4096), 100),
      /** Of all files, when they were opened. */
      byteCount: integer(),
      openedAt: text(40),
    }),
    RECENT_MAX,
  ),
})
type RecentRecord = Checked<typeof recentForm>

export interface RecentEntry {
  /** The same for the same files, whenever they were opened. */
  readonly id: string
  readonly paths: readonly string[]
  readonly byteCount: number
  /** ISO 8601, UTC. */
  readonly openedAt: string
}

export class RecentCaptures {
  readonly notices: readonly Notice[]
  readonly #path: string
  #entries: RecentRecord['entries']

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'recent.json')
    const { value, damage } = readRecord(this.#path, recentForm)
    this.#entries = value?.entries ?? []
    this.notices = damage === null ? [] : [damageNotice('recent captures', damage)]
  }

  list(): readonly RecentEntry[] {
    return this.#entries.map((entry) => ({ ...entry, id: recentId(entry.paths) }))
  }

  /** Puts the captures on top. The list is a convenience: a disk that cannot be written is no reason to stop. */
  async add(paths: readonly string[], openedAt: string): Promise<void> {
    const id = recentId(paths)
    const others = this.#entries.filter((entry) => recentId(entry.paths) !== id)
    this.#entries = [{ paths, byteCount: byteCountOf(paths), openedAt }, ...others].slice(0, RECENT_MAX)
    await this.#write()
  }

  /** Null forgets all. */
  async forget(id: string | null): Promise<void> {
    this.#entries = id === null ? [] : this.#entries.filter((entry) => recentId(entry.paths) !== id)
    await this.#write()
  }

  async #write(): Promise<void> {
    await writeRecord(this.#path, { version: 1, entries: this.#entries } satisfies RecentRecord)
  }
}

function recentId(paths: readonly string[]): string {
  return `recent-${createHash('sha256').update(JSON.stringify(paths)).digest('hex').slice(0, 32)}`
}

function byteCountOf(paths: readonly string[]): number {
  let sum = 0
  for (const path of paths) sum += statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return sum
}

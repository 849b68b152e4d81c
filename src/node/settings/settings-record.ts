/** One small JSON record on disk: read with a check, replaced in one step, set aside when it is damaged. */

import { readFileSync, renameSync, statSync } from 'node:fs'
import type { Check } from '../../contract/index.ts'
import { saveFile } from '../saving/save-file.ts'

/** Larger than any record of ours could become; a file beyond it is not one. */
const RECORD_BYTES_MAX = 4_000_000

export interface ReadRecord<T> {
  /** Null when there is no file yet, or none that can be used. */
  readonly value: T | null
  /** What was wrong with the file and where it was put; null when nothing was. */
  readonly damage: { readonly problem: string; readonly setAsideAs: string | null } | null
}

/**
 * Reads and checks the record. A damaged file is renamed to `<path>.damaged`, so that it is neither used nor lost.
 * `carryOver` turns what an earlier version wrote into today's form, and leaves everything else as it is.
 */
export function readRecord<T>(
  path: string,
  form: Check<T>,
  carryOver: (stored: unknown) => unknown = (stored) => stored,
): ReadRecord<T> {
  const read = readJson(path)
  if (read === null) return { value: null, damage: null }
  const stored = 'problem' in read ? null : carryOver(read.value)
  const problem = 'problem' in read ? read.problem : form.problem(stored, 'file')
  if (problem === null) return { value: stored as T, damage: null }
  return { value: null, damage: { problem, setAsideAs: setAside(path) } }
}

function readJson(path: string): { readonly value: unknown } | { readonly problem: string } | null {
  let text: string
  try {
    if (statSync(path).size > RECORD_BYTES_MAX) return { problem: 'the file is far too large' }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? null : { problem: `the file cannot be read (${code ?? 'unknown reason'})` }
  }
  try {
    // An editor on Windows may have put a byte order mark before it.
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown }
  } catch {
    return { problem: 'the file is not JSON' }
  }
}

function setAside(path: string): string | null {
  const target = `${path}.damaged`
  try {
    renameSync(path, target)
    return target
  } catch {
    return null
  }
}

/** Writes the record for its owner alone; null, or one sentence on what failed. Writes of one path wait for each other. */
export async function writeRecord(path: string, value: unknown): Promise<string | null> {
  const before = writing.get(path) ?? Promise.resolve()
  const now = before.then(() => saveFile(path, `${JSON.stringify(value, null, 2)}\n`))
  writing.set(path, now)
  const saved = await now
  if (writing.get(path) === now) writing.delete(path)
  return saved.ok ? null : saved.error.message
}

const writing = new Map<string, Promise<unknown>>()
